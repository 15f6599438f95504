package org.peal.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a node fares. Immutable.
 *
 * @param name its name in endpoint files
 * @param since when it was started
 * @param parts what runs, in the order in which it was started
 */
public record NodeStatus(String name, Instant since, SortedMap<PartName, PartStatus> parts) {

  public NodeStatus {
    parts = new TreeMap<>(parts);
  }

  /** Returns what is wrong with the first part that does not do its work; empty if all is well. */
  public Optional<String> problem() {
    return parts.entrySet().stream()
        .filter(entry -> entry.getValue().problem().isPresent())
        .map(NodeStatus::describe)
        .findFirst();
  }

  private static String describe(Map.Entry<PartName, PartStatus> entry) {
    return entry.getKey() + ": " + entry.getValue().problem().orElse("");
  }

  /** Returns the exit status that the first problem asks for, if it asks for one. */
  public OptionalInt exitStatus() {
    return parts.values().stream()
        .filter(part -> part.problem().isPresent())
        .map(PartStatus::exitStatus)
        .findFirst()
        .orElseGet(OptionalInt::empty);
  }
}
