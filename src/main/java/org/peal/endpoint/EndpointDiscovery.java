package org.peal.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.config.ConfigException;
import org.peal.config.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint files of one location, kept up to date while the program runs. Thread-safe.
 *
 * <p>A changed, new or deleted file takes effect at the next look. A file that cannot be understood
 * is reported once for each change, and what it said before stays in force, so that a half-written
 * file does no harm. A location that goes away altogether is reported and changes nothing.
 */
public final class EndpointDiscovery implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointDiscovery.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path location;
  private final Duration interval;
  private final List<Consumer<EndpointMap>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<ConfigException>> problemListeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread watcher = Threads.daemon("peal-endpoints", this::watch);

  private Map<Path, Known> known = Map.of();
  private String listingProblem = "";
  private volatile EndpointMap current = EndpointMap.EMPTY;

  /** Makes a discovery that looks at a folder or a single file once a second after its start. */
  public EndpointDiscovery(Path location) {
    this(location, INTERVAL);
  }

  EndpointDiscovery(Path location, Duration interval) {
    this.location = location;
    this.interval = interval;
  }

  /**
   * Reads all files and begins to watch them; to be called once.
   *
   * @throws ConfigException with every problem, and nothing is then watched
   */
  public void start() {
    synchronized (this) {
      List<Problem> problems = new ArrayList<>();
      EndpointMap found = look(EndpointFiles.list(location), problems);
      if (!problems.isEmpty()) {
        known = Map.of();
        throw new ConfigException(problems);
      }
      publish(found);
    }
    watcher.start();
  }

  /** Returns what the files said when they could last be understood. */
  public EndpointMap current() {
    return current;
  }

  /** Adds a listener, called with each new state on the thread that looked; it must return soon. */
  public void onChange(Consumer<EndpointMap> listener) {
    listeners.add(listener);
  }

  /** Adds a listener, called with what is wrong after each bad change, as {@link #onChange}. */
  public void onProblem(Consumer<ConfigException> listener) {
    problemListeners.add(listener);
  }

  /** Looks at the files now, on the caller's thread; never throws for what they say. */
  public synchronized void refresh() {
    List<Problem> problems = new ArrayList<>();
    try {
      publish(look(EndpointFiles.list(location), problems));
      listingProblem = "";
    } catch (ConfigException e) {
      if (!listingProblem.equals(e.getMessage())) {
        problems.addAll(e.problems());
      }
      listingProblem = String.valueOf(e.getMessage());
    }
    if (!problems.isEmpty()) {
      report(new ConfigException(problems));
    }
  }

  /** Stops watching; the last state stays readable. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    if (watcher.isAlive() && Thread.currentThread() != watcher) {
      try {
        watcher.join(PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void watch() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        tryRefresh();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryRefresh() {
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.warn("looking for endpoint files failed, trying again", e);
    }
  }

  private EndpointMap look(List<Path> files, List<Problem> problems) {
    Map<Path, Known> next = new LinkedHashMap<>();
    for (Path file : files) {
      next.put(file, look(file, known.get(file), problems));
    }
    if (next.equals(known)) {
      return current;
    }
    known = next;
    EndpointMap merged = EndpointMap.EMPTY;
    for (Known each : next.values()) {
      merged = merged.with(each.said());
    }
    return merged;
  }

  private static Known look(Path file, @Nullable Known before, List<Problem> problems) {
    // Taken before reading: a change while reading then shows at the next look.
    Fingerprint now = Fingerprint.of(file);
    if (before != null && before.fingerprint().equals(now)) {
      return before;
    }
    try {
      return new Known(now, EndpointFiles.readFile(file));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return new Known(now, before == null ? EndpointMap.EMPTY : before.said());
    }
  }

  private void publish(EndpointMap next) {
    if (!next.equals(current)) {
      current = next;
      LOG.debug("endpoints now of {} services", next.endpoints().size());
      listeners.forEach(listener -> tell(listener, next));
    }
  }

  private void report(ConfigException problem) {
    LOG.warn(
        "endpoint files not understood, what they said before stays: {}", problem.getMessage());
    problemListeners.forEach(listener -> tell(listener, problem));
  }

  private static <T> void tell(Consumer<T> listener, T news) {
    try {
      listener.accept(news);
    } catch (RuntimeException e) {
      // One broken listener must not end the watch.
      LOG.warn("a listener to endpoint changes failed", e);
    }
  }

  /** What a file said when it was last understood, and how it looked when it was last read. */
  private record Known(Fingerprint fingerprint, EndpointMap said) {}

  /** Tells whether a file has changed without reading it. */
  private record Fingerprint(FileTime modified, long size, @Nullable Object key) {
    static Fingerprint of(Path file) {
      try {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        return new Fingerprint(is.lastModifiedTime(), is.size(), is.fileKey());
      } catch (IOException e) {
        return new Fingerprint(FileTime.fromMillis(0), -1, Objects.toString(e));
      }
    }
  }
}
