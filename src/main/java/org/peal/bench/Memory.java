package org.peal.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells how much memory this process had in use at most. Stateless. */
final class Memory {

  private static final int KIBI = 1024;

  private Memory() {}

  /** Returns the peak of the heap, in bytes. */
  static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Returns the peak of what was resident, in bytes; 0 where Linux does not tell it. */
  static long residentPeak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * KIBI)
        .findFirst()
        .orElse(0);
  }
}
