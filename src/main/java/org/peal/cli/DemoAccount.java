package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/**
 * What the handler {@code log} has acted on by its own account, of messages that are numbers from
 * 1. Immutable.
 *
 * @param times how often each number was acted on
 * @param buses how many messages came by each bus
 */
record DemoAccount(Map<Integer, Integer> times, Map<String, Integer> buses) {

  DemoAccount {
    times = Map.copyOf(times);
    buses = Map.copyOf(buses);
  }

  /** Reads the handler's file, which may be missing or end within a line. */
  static DemoAccount read(Path file) throws IOException {
    Map<Integer, Integer> times = new TreeMap<>();
    Map<String, Integer> buses = new TreeMap<>();
    String text = Files.exists(file) ? Files.readString(file) : "";
    text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT))
        .forEach(
            (JsonNode message) -> {
              times.merge(message.path("body").path("n").intValue(), 1, Integer::sum);
              buses.merge(message.path("bus").textValue(), 1, Integer::sum);
            });
    return new DemoAccount(times, buses);
  }

  /** Returns how many of the numbers from 1 to the last are missing. */
  long missing(int last) {
    return IntStream.rangeClosed(1, last).filter(n -> !times.containsKey(n)).count();
  }

  /** Returns how many numbers were acted on more than once. */
  long repeated() {
    return times.values().stream().filter(count -> count > 1).count();
  }

  /** Returns how many messages came by a bus. */
  int by(String bus) {
    return buses.getOrDefault(bus, 0);
  }
}
