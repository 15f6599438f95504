package org.peal.bus.zmq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sockets cost in open files. Stateless.
 *
 * <p>A JeroMQ socket takes four descriptors for its mailbox (a pipe and a selector) and one for the
 * connection or the listening port; a bound one takes one more for each peer. While a link is made
 * anew the old socket may not be gone yet.
 */
public final class FileDescriptors {
  /** Descriptors for the program itself, the transport's threads and everything that is no bus. */
  static final int BASE = 150;

  /** Descriptors of one connected or bound socket. */
  static final int PER_SOCKET = 5;

  private static final Logger LOG = LoggerFactory.getLogger(FileDescriptors.class);
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";

  private FileDescriptors() {}

  /**
   * Returns how many descriptors a node needs.
   *
   * @param sockets endpoints it connects to or binds
   * @param peers connections that it expects on bound sockets
   */
  public static long needed(int sockets, int peers) {
    return BASE + 2L * PER_SOCKET * sockets + peers;
  }

  /** Returns the process's soft limit, or nothing where the system does not tell or has none. */
  public static OptionalLong limit() {
    return limit(LIMITS);
  }

  /**
   * Warns if the limit is too low for that many sockets and peers.
   *
   * @return whether it is enough or unknown
   */
  public static boolean check(int sockets, int peers) {
    OptionalLong limit = limit();
    long needed = needed(sockets, peers);
    if (limit.isEmpty() || limit.getAsLong() >= needed) {
      return true;
    }
    LOG.warn(
        "open-file limit {} is too low: {} endpoints and {} peers need {}; raise LimitNOFILE or"
            + " ulimit -n",
        limit.getAsLong(),
        sockets,
        peers,
        needed);
    return false;
  }

  static OptionalLong limit(Path limits) {
    try {
      return soft(Files.readAllLines(limits));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong soft(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(LINE)) {
        String soft = line.substring(LINE.length()).strip().split("\\s+", 2)[0];
        return soft.matches("\\d{1,18}")
            ? OptionalLong.of(Long.parseLong(soft))
            : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }
}
