package org.peal.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.stream.Following;

/**
 * How a part of a node fares. Immutable.
 *
 * @param listening where it listens, each with its role, such as {@code tcp://127.0.0.1:2001 (in)}
 * @param problem why it does not do its work any more and never will; empty while it is healthy
 * @param summary what it has done so far, in one line for people
 * @param counters the same as numbers that only grow, by names of small letters and {@code _}
 * @param links the publishers that it is connected to, or tries to be
 * @param troubles what keeps it from its work at present and may pass; while there are any the node
 *     is not ready
 * @param exitStatus the exit status that the problem asks for, if it asks for one
 * @param facts what it learnt of the publishers' messages, by address
 * @param following how its durable subscribers stand with publishers
 */
public record PartStatus(
    List<String> listening,
    Optional<String> problem,
    String summary,
    Map<String, Long> counters,
    List<SubscriptionStatus> links,
    List<String> troubles,
    OptionalInt exitStatus,
    Map<String, LinkFacts> facts,
    List<Following> following) {

  public PartStatus {
    listening = List.copyOf(listening);
    counters = new LinkedHashMap<>(counters);
    links = List.copyOf(links);
    troubles = List.copyOf(troubles);
    facts = Map.copyOf(facts);
    following = List.copyOf(following);
  }

  /** Makes the status of a part that learns nothing of publishers. */
  public PartStatus(
      List<String> listening,
      Optional<String> problem,
      String summary,
      Map<String, Long> counters,
      List<SubscriptionStatus> links,
      List<String> troubles,
      OptionalInt exitStatus) {
    this(listening, problem, summary, counters, links, troubles, exitStatus, Map.of(), List.of());
  }

  /** Makes the status of a part that has no passing troubles and learns nothing of publishers. */
  public PartStatus(
      List<String> listening,
      Optional<String> problem,
      String summary,
      Map<String, Long> counters,
      List<SubscriptionStatus> links) {
    this(listening, problem, summary, counters, links, List.of(), OptionalInt.empty());
  }

  /** Returns the same with what was learnt of publishers. */
  PartStatus with(Map<String, LinkFacts> learnt) {
    return new PartStatus(
        listening, problem, summary, counters, links, troubles, exitStatus, learnt, following);
  }

  /** Returns the same with how its durable subscribers stand. */
  PartStatus following(List<Following> standing) {
    return new PartStatus(
        listening, problem, summary, counters, links, troubles, exitStatus, facts, standing);
  }

  /** Returns what is known of the messages of a link. */
  LinkFacts facts(SubscriptionStatus link) {
    return facts.getOrDefault(link.origin().address(), LinkFacts.NONE);
  }

  /** Returns the status of a healthy part that has nothing else to tell. */
  public static PartStatus of(String summary) {
    return new PartStatus(List.of(), Optional.empty(), summary, Map.of(), List.of());
  }
}
