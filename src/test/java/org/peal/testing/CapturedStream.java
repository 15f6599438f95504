package org.peal.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One output stream of a process, read by a thread of its own so that the process never blocks.
 * Thread-safe. What is beyond the limit is read and thrown away.
 */
final class CapturedStream {

  private static final int LIMIT = 256 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private boolean ended;

  CapturedStream(String name, InputStream stream) {
    reader = new Thread(() -> read(stream), name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream stream) {
    byte[] buffer = new byte[1 << 16];
    try (stream) {
      int length;
      while ((length = stream.read(buffer)) >= 0) {
        add(buffer, length);
      }
    } catch (IOException e) {
      // The process was killed: what came before that is all there is.
    } finally {
      end();
    }
  }

  private synchronized void add(byte[] buffer, int length) {
    int kept = Math.min(length, LIMIT - bytes.size());
    bytes.write(buffer, 0, kept);
    for (int i = 0; i < kept; i++) {
      if (buffer[i] == '\n') {
        endLine();
      } else {
        line.write(buffer[i]);
      }
    }
    notifyAll();
  }

  private void endLine() {
    lines.add(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }

  private synchronized void end() {
    if (line.size() > 0) {
      endLine();
    }
    ended = true;
    notifyAll();
  }

  synchronized byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Returns the complete lines so far, without their ends; after the end of the stream, all. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Returns the first line that matches, waiting for it; empty when none came in time. */
  synchronized Optional<String> awaitLine(Predicate<String> wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    int seen = 0;
    do {
      for (; seen < lines.size(); seen++) {
        if (wanted.test(lines.get(seen))) {
          return Optional.of(lines.get(seen));
        }
      }
    } while (awaitMore(deadline));
    return Optional.empty();
  }

  /** Waits until that many lines match, and returns all that match by then, perhaps fewer. */
  synchronized List<String> awaitLines(int count, Predicate<String> wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    List<String> matching = new ArrayList<>();
    int seen = 0;
    do {
      for (; seen < lines.size(); seen++) {
        if (wanted.test(lines.get(seen))) {
          matching.add(lines.get(seen));
        }
      }
    } while (matching.size() < count && awaitMore(deadline));
    return matching;
  }

  /** Waits for the end of the stream, and returns whether it came. */
  synchronized boolean awaitEnd(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ended) {
      if (!awaitMore(deadline)) {
        return ended;
      }
    }
    return true;
  }

  /** Waits for news; returns false when there will be none, or none came in time. */
  private synchronized boolean awaitMore(long deadline) {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (ended || left <= 0) {
      return false;
    }
    try {
      wait(left);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
