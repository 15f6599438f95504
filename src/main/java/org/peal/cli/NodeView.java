package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peal.crypto.Reason;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.KnownEndpoint;
import org.peal.node.EndpointState;

/**
 * The publishers as a running node sees them. Immutable.
 *
 * @param since when the node was started
 * @param links what its parts say of each publisher, by its address; of several parts, the one that
 *     got most
 */
record NodeView(Instant since, Map<String, JsonNode> links) {

  private static final String NOT_FOLLOWED = "the node does not follow it";

  NodeView {
    links = Map.copyOf(links);
  }

  /** Reads what a node has answered. */
  static NodeView of(JsonNode status) {
    Map<String, JsonNode> links = new HashMap<>();
    for (JsonNode part : status.path("parts")) {
      for (JsonNode link : part.path("links")) {
        links.merge(
            link.path("endpoint").asText(),
            link,
            (a, b) -> a.path("messages").asLong() < b.path("messages").asLong() ? b : a);
      }
    }
    return new NodeView(time(status.path("since")).orElseGet(Instant::now), links);
  }

  /** Tells whether a part of the node follows publishers at all. */
  boolean isOfUse() {
    return !links.isEmpty();
  }

  /** Returns how publishers fare: those that are listed, then those that the node alone knows. */
  List<EndpointState> states(List<KnownEndpoint> listed) {
    Map<String, EndpointState> states = new LinkedHashMap<>();
    listed.forEach(each -> states.put(key(each), state(each)));
    links.forEach(
        (address, link) -> {
          Endpoint endpoint = Endpoint.parse(address);
          if (listed.stream().noneMatch(each -> each.address().equals(endpoint))) {
            KnownEndpoint known =
                new KnownEndpoint(
                    SafeText.line(link.path("name").asText(), 200), endpoint, "the node alone");
            states.put(key(known), state(known));
          }
        });
    return List.copyOf(states.values());
  }

  private static String key(KnownEndpoint known) {
    return known.name() + " " + known.address();
  }

  private EndpointState state(KnownEndpoint known) {
    JsonNode link = links.get(known.address().toString());
    if (link == null) {
      return new EndpointState(
          known,
          EndpointState.State.UNREACHABLE,
          "",
          NOT_FOLLOWED,
          Optional.empty(),
          since,
          0,
          Map.of(),
          0);
    }
    Optional<Instant> last = time(link.path("last_message"));
    EndpointState.State state = state(link);
    return new EndpointState(
        known,
        state,
        SafeText.line(link.path("address").asText(), 200),
        state == EndpointState.State.UNREACHABLE ? problem(link) : "",
        last,
        last.orElse(since),
        link.path("messages").asLong(),
        refused(link),
        link.path("misshapen").asLong());
  }

  private static EndpointState.State state(JsonNode link) {
    if (link.path("connected").asBoolean()) {
      return EndpointState.State.CONNECTED;
    }
    return link.path("elsewhere").asBoolean()
        ? EndpointState.State.SHARED
        : EndpointState.State.UNREACHABLE;
  }

  private static String problem(JsonNode link) {
    String problem = SafeText.line(link.path("problem").asText(), 500);
    return problem.isEmpty()
        ? "not connected since " + SafeText.line(link.path("since").asText(), 50)
        : problem;
  }

  private static Map<Reason, Long> refused(JsonNode link) {
    Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      long count = link.path("refused").path(reason.toString()).asLong();
      if (count > 0) {
        counts.put(reason, count);
      }
    }
    return counts;
  }

  private static Optional<Instant> time(JsonNode text) {
    try {
      return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
