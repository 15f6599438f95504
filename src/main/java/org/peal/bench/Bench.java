package org.peal.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The paths that can be measured. Stateless. */
public final class Bench {

  private static final Map<String, Supplier<BenchPath>> PATHS = new LinkedHashMap<>();

  static {
    PATHS.put("publish", PublishPath::unsigned);
    PATHS.put("publish-signed", PublishPath::signed);
    PATHS.put("subscribe", SubscribePath::new);
    PATHS.put("relay", ForwardPath::relay);
    PATHS.put("gateway", ForwardPath::gateway);
    PATHS.put("replay", ReplayPath::new);
    PATHS.put("latency", LatencyPath::new);
    PATHS.put("logger", LoggerPath::new);
    PATHS.put(BridgePath.NAME, BridgePath::new);
    PATHS.put("growth", GrowthPath::new);
    PATHS.put("subscribers", SubscribersPath::new);
    PATHS.put("tagging", TaggingPath::new);
    PATHS.put("memory", MemoryPath::new);
  }

  private Bench() {}

  /** Returns the names of all paths in the order in which they are measured. */
  public static Set<String> names() {
    return PATHS.keySet();
  }

  /** Returns the names of those paths that need no broker. */
  public static Set<String> namesWithoutBroker() {
    Set<String> names = new LinkedHashSet<>(PATHS.keySet());
    names.remove(BridgePath.NAME);
    return names;
  }

  /**
   * Measures some paths, one after the other.
   *
   * @param names of those that there are
   * @param each told the rows of a path as soon as they are there
   */
  public static Report run(Lab lab, List<String> names, Consumer<List<Row>> each)
      throws IOException, InterruptedException {
    var system = ManagementFactory.getOperatingSystemMXBean();
    String machine =
        "%d cores (%s), Java %s"
            .formatted(
                system.getAvailableProcessors(), system.getArch(), Runtime.version().feature());
    double load = system.getSystemLoadAverage();
    Instant start = Instant.now();
    List<Row> all = new ArrayList<>();
    for (String name : PATHS.keySet()) {
      if (names.contains(name)) {
        List<Row> rows = PATHS.get(name).get().measure(lab);
        lab.dismiss();
        all.addAll(rows);
        each.accept(rows);
      }
    }
    return new Report(start, machine, load, all);
  }
}
