package org.peal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value made from files that follows them as they change. Thread-safe.
 *
 * <p>{@link #get()} looks at the files at most once a second and is otherwise one volatile read;
 * one caller does the work while the others go on with the old value. Content that cannot be loaded
 * leaves the old value in force and is logged once; it is tried again at every look, so that a
 * mended file, or one that became readable, takes effect without a restart.
 *
 * @param <T> the type of the value, which must be immutable
 */
public final class Watched<T> implements Supplier<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
  private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

  private final String what;
  private final List<? extends Origin> origins;
  private final Supplier<T> loader;
  private final LongSupplier nanoTime;
  private final ReentrantLock loading = new ReentrantLock();
  private final AtomicLong nextLook;

  private volatile T value;
  // Both guarded by loading.
  private List<Object> loadedFrom;
  private @Nullable String problem;

  /** What a value is made from, and {@link #toString()} names. Implementations are thread-safe. */
  public interface Origin {

    /** Returns what differs, by {@code equals}, from one content to the next; never reads it. */
    Object stamp();

    /** Returns a file as an origin. */
    static Origin of(Path file) {
      return new File(file);
    }
  }

  private record File(Path path) implements Origin {
    @Override
    public Object stamp() {
      return Stamp.of(path);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  private Watched(
      String what, List<? extends Origin> origins, Supplier<T> loader, LongSupplier nanoTime) {
    this.what = what;
    this.origins = List.copyOf(origins);
    this.loader = loader;
    this.nanoTime = nanoTime;
    this.nextLook = new AtomicLong(nanoTime.getAsLong() + LOOK_EVERY);
    this.loadedFrom = stamps();
    this.value = loader.get();
  }

  /**
   * Loads the value for the first time and follows its files from then on.
   *
   * @param what names the value in log lines, such as {@code trusted authorities}
   * @param files the files whose change means that the loader must run again
   * @param loader reads the files; throws an exception with a text for people if they are broken
   * @throws RuntimeException what the loader throws now; later failures are only logged
   */
  public static <T> Watched<T> load(String what, List<Path> files, Supplier<T> loader) {
    return load(what, files, loader, System::nanoTime);
  }

  /** Like {@link #load}, from origins that need not be files. */
  public static <T> Watched<T> follow(
      String what, List<? extends Origin> origins, Supplier<T> loader) {
    return new Watched<>(what, origins, loader, System::nanoTime);
  }

  /** Like {@link #load} with a clock for tests. */
  static <T> Watched<T> load(
      String what, List<Path> files, Supplier<T> loader, LongSupplier nanoTime) {
    return new Watched<>(what, files.stream().map(Origin::of).toList(), loader, nanoTime);
  }

  /** Returns the value in force, after a look at the files if one is due. Never throws. */
  @Override
  public T get() {
    long due = nextLook.get();
    long now = nanoTime.getAsLong();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_EVERY)) {
      look();
    }
    return value;
  }

  /**
   * Loads the files now, changed or not; waits for a load that is under way.
   *
   * @return whether the files could be loaded; if not, the problem is logged
   */
  public boolean reload() {
    loading.lock();
    try {
      return loadFrom(stamps());
    } finally {
      loading.unlock();
    }
  }

  private void look() {
    if (!loading.tryLock()) {
      return;
    }
    try {
      List<Object> found = stamps();
      if (problem != null || !found.equals(loadedFrom)) {
        loadFrom(found);
      }
    } finally {
      loading.unlock();
    }
  }

  /** The stamps were taken before loading: a change in between shows at the next look. */
  private boolean loadFrom(List<Object> found) {
    try {
      value = loader.get();
    } catch (RuntimeException e) {
      report(String.valueOf(e.getMessage()));
      return false;
    }
    loadedFrom = found;
    problem = null;
    LOG.info("reloaded {} from {}", what, origins);
    return true;
  }

  private void report(String failure) {
    if (!failure.equals(problem)) {
      LOG.error("cannot reload {}, the old one stays in force: {}", what, failure);
      problem = failure;
    }
  }

  private List<Object> stamps() {
    return origins.stream().map(Origin::stamp).toList();
  }

  /** What tells one content of a file from the next without reading it. */
  private record Stamp(long modified, long size, @Nullable Object key) {

    static final Stamp ABSENT = new Stamp(-1, -1, null);

    static Stamp of(Path file) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
            found.lastModifiedTime().to(TimeUnit.NANOSECONDS), found.size(), found.fileKey());
      } catch (IOException | SecurityException e) {
        return ABSENT;
      }
    }
  }
}
