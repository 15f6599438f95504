package org.peal.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Finds TCP ports of the loopback interface for programs that must be told one. Stateless. */
public final class FreePorts {

  /** Below the ports that the system hands out by itself. */
  private static final int FIRST = 10_000;

  private static final int LAST = 30_000;
  private static final int PARTS = 4;
  private static final int ATTEMPTS = 1_000;
  private static final Random RANDOM = new Random();

  private FreePorts() {}

  /** Returns the first of some ports in a row that were free a moment ago. */
  public static int run(int count) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int first = candidate(count);
      if (areFree(first, count)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + count + " free ports in a row");
  }

  /**
   * Of several processes of a test run each looks in a part of its own, so that it does not find
   * what another one has found and not yet taken.
   */
  private static int candidate(int count) {
    int fork = Integer.getInteger("peal.test.fork", 0);
    int width = fork == 0 ? LAST - FIRST : (LAST - FIRST) / PARTS;
    return FIRST + fork % PARTS * width + RANDOM.nextInt(width - count);
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
