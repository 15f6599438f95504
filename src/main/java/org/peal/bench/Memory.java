package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory a process with a small heap had in use at most. Stateless. */
final class Memory {

  private static final int HEAP_MEBI = 256;

  /** The option of Java for the heap of such a process. */
  static final String HEAP_OPTION = "-Xmx" + HEAP_MEBI + "m";

  private static final String HEAP = "heap";
  private static final String RESIDENT = "rss";
  private static final int KIBI = 1024;
  private static final double MEBI = 1 << 20;

  private Memory() {}

  /** Adds the peaks of this process to the answer of a role, in bytes. */
  static ObjectNode addTo(ObjectNode answer) throws IOException {
    return answer.put(HEAP, heapPeak()).put(RESIDENT, residentPeak());
  }

  /** Returns the rows for such answers, one of a round each. */
  static List<Row> rows(String path, String what, List<JsonNode> answers) {
    return List.of(
        row(path, what + ", peak of the heap", answers, HEAP),
        row(path, what + ", peak of what is resident", answers, RESIDENT));
  }

  private static Row row(String path, String what, List<JsonNode> answers, String which) {
    List<Row.Round> rounds =
        answers.stream()
            .map(each -> new Row.Round(each.path(which).doubleValue() / MEBI, HEAP_MEBI))
            .toList();
    return Row.of(path, what, "MiB", HEAP_OPTION, rounds, null);
  }

  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Returns 0 where Linux does not tell it. */
  private static long residentPeak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * KIBI)
        .findFirst()
        .orElse(0);
  }
}
