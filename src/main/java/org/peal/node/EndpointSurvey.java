package org.peal.node;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.KnownEndpoint;

/**
 * Finds out how known publishers are reached by connecting to them, as any subscriber does.
 * Thread-safe.
 */
public final class EndpointSurvey implements AutoCloseable {

  private final List<KnownEndpoint> known;
  private final Instant start;
  private final Receiver receiver;
  private final Map<String, Refusals> refusals = new ConcurrentHashMap<>();

  /**
   * Connects to everything.
   *
   * @param verifier judges the messages; empty for no verification
   * @param listener gets every message, one at a time
   */
  public EndpointSurvey(
      ZmqTransport transport,
      Optional<Verifier> verifier,
      List<KnownEndpoint> known,
      InstantSource clock,
      Consumer<Delivery> listener) {
    this.known = List.copyOf(known);
    this.start = clock.instant();
    this.receiver =
        new Receiver(
            transport,
            List.of(""),
            verifier,
            message -> true,
            delivery -> {
              count(delivery);
              listener.accept(delivery);
            });
    receiver.follow(byName(known));
  }

  private static Map<String, List<Endpoint>> byName(List<KnownEndpoint> known) {
    Map<String, List<Endpoint>> result = new LinkedHashMap<>();
    known.forEach(
        each -> result.computeIfAbsent(each.name(), n -> new ArrayList<>()).add(each.address()));
    return result;
  }

  private void count(Delivery delivery) {
    if (delivery.verdict().orElse(null) instanceof Verdict.Invalid invalid) {
      refusals
          .computeIfAbsent(delivery.raw().origin().address(), a -> new Refusals("endpoints"))
          .count(delivery.raw(), invalid);
    }
  }

  /** Returns how each known publisher fares, in the order in which they were given. */
  public List<EndpointState> states() {
    Map<String, SubscriptionStatus> links = new HashMap<>();
    receiver.status().forEach(link -> links.put(link.origin().address(), link));
    return known.stream().map(each -> state(each, links.get(each.address().toString()))).toList();
  }

  private EndpointState state(KnownEndpoint each, @Nullable SubscriptionStatus link) {
    if (link == null) {
      throw new IllegalStateException("nothing is known of " + each);
    }
    EndpointState.State state = state(link);
    Refusals refused = refusals.get(each.address().toString());
    return new EndpointState(
        each,
        state,
        link.address(),
        state == EndpointState.State.UNREACHABLE ? problem(link) : "",
        link.lastMessageAt(),
        link.lastMessageAt().orElse(start),
        link.messages(),
        refused == null ? Map.of() : refused.counts(),
        link.wrongFrameCount());
  }

  private static EndpointState.State state(SubscriptionStatus link) {
    if (link.connected()) {
      return EndpointState.State.CONNECTED;
    }
    return link.isElsewhere() ? EndpointState.State.SHARED : EndpointState.State.UNREACHABLE;
  }

  private static String problem(SubscriptionStatus link) {
    return link.problem().isEmpty() ? "no answer from " + link.address() : link.problem();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
