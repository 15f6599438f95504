package org.peal.node.replay;

import static java.util.Objects.requireNonNullElse;

import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;
import org.peal.endpoint.Endpoint;

/**
 * The {@code replay} section: the server that gives what was missed, and the client that asks for
 * it. Immutable; a component left out is its default.
 */
@Doc(
    "The part `replay` of a node: where others ask for messages that they missed, and what one"
        + " question may cost.")
public record ReplayConfig(
    @Doc("Address to answer on. `replay_endpoints` of endpoint files names it.") Endpoint in,
    @Doc(
            "Most messages in one answer. Larger answers to fedmsg's own clients are refused, ours"
                + " get pages.")
        Integer maxMessages,
    @Doc("Most bytes of messages in one answer.") Integer maxBytes,
    @Doc("Longest question in bytes; a client that sends a longer one is dropped.")
        Integer maxQuestion,
    @Doc("Connections at one time; beyond them the oldest is dropped.") Integer maxClients,
    @Doc("Questions that wait for their turn; beyond them the answer is an error.")
        Integer maxPending,
    @Doc("Questions that one host may ask in a second; beyond them the answer is an error.")
        Integer rate,
    @Doc(
            "Accept messages whose publisher added seq_id after signing, as fedmsg does: their"
                + " sequence ids then count as not authenticated.")
        Boolean unsignedSequenceIds) {

  public ReplayConfig {
    in = requireNonNullElse(in, new Endpoint("127.0.0.1", 4002));
    maxMessages = atLeastOne("max messages", maxMessages, 10_000);
    maxBytes = atLeastOne("max bytes", maxBytes, 8 << 20);
    maxQuestion = atLeastOne("max question", maxQuestion, 256 << 10);
    maxClients = atLeastOne("max clients", maxClients, 256);
    maxPending = atLeastOne("max pending", maxPending, 64);
    rate = atLeastOne("rate", rate, 200);
    unsignedSequenceIds = requireNonNullElse(unsignedSequenceIds, false);
  }

  /** Returns the configuration that holds when nothing is said. */
  public static ReplayConfig defaults() {
    return new ReplayConfig(
        new Endpoint("127.0.0.1", 4002), 10_000, 8 << 20, 256 << 10, 256, 64, 200, false);
  }

  private static int atLeastOne(String name, @Nullable Integer given, int usual) {
    int value = given == null ? usual : given;
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
    return value;
  }
}
