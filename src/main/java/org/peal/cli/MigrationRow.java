package org.peal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.peal.bridge.ServiceTable.Service;
import org.peal.bridge.ServiceTable.Way;
import org.peal.schema.MessageSchema;

/**
 * How far a service has moved. Immutable.
 *
 * @param service the beginning of its topics
 * @param publishes on which bus: {@code zmq}, {@code amqp}, {@code both}, or only {@code bridged}
 * @param schemas what its messages on AMQP are
 * @param consumers queues that get its messages; empty if nobody knows
 * @param last when it was last seen
 * @param state {@code todo}, {@code in transition} or {@code done}
 * @param obstacle what stands in the way; may be empty
 */
record MigrationRow(
    String service,
    String publishes,
    Set<String> schemas,
    Optional<Set<String>> consumers,
    Instant last,
    String state,
    String obstacle) {

  static final List<String> COLUMNS =
      List.of("SERVICE", "PUBLISHES", "STATE", "SCHEMAS", "CONSUMERS", "LAST SEEN", "OBSTACLE");

  private static final String UNKNOWN = "unknown";

  /** Judges a service by what was seen of it since a time. */
  static MigrationRow of(Service service, Instant since, Optional<BoundQueues> queues) {
    boolean zmq = wasSeen(service, Way.NATIVE_ZMQ, since);
    boolean amqp = wasSeen(service, Way.NATIVE_AMQP, since);
    Set<String> schemas = new TreeSet<>(service.schemas());
    String publishes = "bridged";
    String state = "todo";
    String obstacle = "not seen natively for 30 days";
    if (zmq && amqp) {
      publishes = "both";
      state = "in transition";
      obstacle = "publishes on both: each event has two ids; stop publishing on fedmsg";
    } else if (amqp) {
      publishes = "amqp";
      boolean hasSchema = schemas.stream().anyMatch(name -> !name.equals(MessageSchema.BASE));
      state = hasSchema ? "done" : "in transition";
      obstacle = hasSchema ? "" : "has no schema of its own";
    } else if (zmq) {
      publishes = "zmq";
      obstacle = "publishes on fedmsg only";
    }
    return new MigrationRow(
        service.name(),
        publishes,
        schemas,
        queues.map(all -> all.of(service.topics())),
        service.last().values().stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH),
        state,
        obstacle);
  }

  private static boolean wasSeen(Service service, Way way, Instant since) {
    Instant last = service.last().get(way);
    return last != null && last.isAfter(since);
  }

  List<String> cells() {
    return List.of(
        service,
        publishes,
        state,
        String.join(" ", schemas),
        consumers.map(names -> String.join(" ", names)).orElse(UNKNOWN),
        last.truncatedTo(ChronoUnit.SECONDS).toString(),
        obstacle);
  }

  ObjectNode json() {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("service", service);
    row.put("publishes", publishes);
    row.put("state", state);
    ArrayNode names = row.putArray("schemas");
    schemas.forEach(names::add);
    if (consumers.isPresent()) {
      ArrayNode queues = row.putArray("consumers");
      consumers.get().forEach(queues::add);
    } else {
      row.put("consumers", UNKNOWN);
    }
    row.put("last_seen", last.toString());
    row.put("obstacle", obstacle);
    return row;
  }

  static List<String> html(List<MigrationRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("<!DOCTYPE html>");
    lines.add("<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Migration</title></head>");
    lines.add("<body><table>");
    lines.add(line("th", COLUMNS));
    rows.forEach(row -> lines.add(line("td", row.cells())));
    lines.add("</table></body></html>");
    return lines;
  }

  private static String line(String element, List<String> cells) {
    StringBuilder line = new StringBuilder("<tr>");
    cells.forEach(
        cell ->
            line.append('<')
                .append(element)
                .append('>')
                .append(escaped(cell))
                .append("</")
                .append(element)
                .append('>'));
    return line.append("</tr>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
