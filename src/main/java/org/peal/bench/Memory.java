package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.bench.Row.Goal;

/** How much memory a process with a bounded heap had in use. Stateless. */
final class Memory {

  private static final int HEAP_MEBI = 256;

  /** The option of Java for the heap of such a process. */
  static final String HEAP_OPTION = option(HEAP_MEBI);

  /** The most that the heap held, garbage included. */
  static final String HEAP = "heap";

  /** What the heap holds without garbage. */
  static final String LIVE = "live";

  /** The most that was resident. */
  static final String RESIDENT = "rss";

  private static final int KIBI = 1024;
  private static final double MEBI = 1 << 20;

  private Memory() {}

  /** Adds the peaks of this process to the answer of a role, in bytes. */
  static ObjectNode addTo(ObjectNode answer) throws IOException {
    return answer.put(HEAP, heapPeak()).put(RESIDENT, residentPeak());
  }

  /** Adds the same, and what is in use now, for which it collects garbage. */
  static ObjectNode addAllTo(ObjectNode answer) throws IOException {
    addTo(answer);
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return answer.put(LIVE, memory.getHeapMemoryUsage().getUsed());
  }

  /** Returns the rows for such answers, one of a round each. */
  static List<Row> rows(String path, String what, List<JsonNode> answers) {
    return List.of(
        row(path, what + ", peak of the heap", answers, HEAP, HEAP_MEBI, null),
        row(path, what + ", peak of what is resident", answers, RESIDENT, HEAP_MEBI, null));
  }

  /**
   * Returns the row of one figure.
   *
   * @param heap the bound of the heap in MiB, beside which the figure is put
   */
  static Row row(
      String path,
      String what,
      List<JsonNode> answers,
      String which,
      int heap,
      @Nullable Goal goal) {
    List<Row.Round> rounds =
        answers.stream()
            .map(each -> new Row.Round(each.path(which).doubleValue() / MEBI, heap))
            .toList();
    return Row.of(path, what, "MiB", option(heap), rounds, goal);
  }

  /** Returns the option of Java for a heap of so many MiB. */
  static String option(int heap) {
    return "-Xmx" + heap + "m";
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
