package org.peal.crypto.x509;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peal.ConditionalFetch;
import org.peal.KeptCopy;
import org.peal.crypto.TrustException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An https address whose last good text is kept, in memory and where possible on disk.
 *
 * <p>It is fetched at the first {@link #read}, which waits for it, and later by {@link #refresh}
 * when that is due: every hour, and after a failure sooner, at growing intervals. Intervals vary by
 * a tenth, so that not all nodes ask at once. Text that cannot be understood is a failed fetch.
 */
final class HttpsSource implements TrustSource {

  private static final Logger LOG = LoggerFactory.getLogger(HttpsSource.class);

  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final Duration REFRESH = Duration.ofHours(1);
  static final Duration FIRST_RETRY = Duration.ofSeconds(15);

  /** Far more than the largest revocation list in use. */
  static final int MAX_BYTES = 32 << 20;

  private final URI address;
  private final ConditionalFetch fetcher;
  private final BiConsumer<String, Object> check;
  private final Optional<KeptCopy> disk;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;

  private volatile @Nullable String text;
  private final AtomicLong version = new AtomicLong();

  // Guarded by this.
  private boolean fetched;
  private long due;
  private Duration retry = FIRST_RETRY;
  private @Nullable String problem;

  /**
   * Makes a source; nothing is fetched yet.
   *
   * @param check throws a {@link TrustException} for a text that must not be used, given the text
   *     and the source to name
   * @param disk where the last good text is kept
   */
  HttpsSource(
      URI address,
      HttpClient client,
      BiConsumer<String, Object> check,
      Optional<KeptCopy> disk,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.address = address;
    this.fetcher = new ConditionalFetch(client, address, TIMEOUT, MAX_BYTES);
    this.check = check;
    this.disk = disk;
    this.nanoTime = nanoTime;
    this.random = random;
  }

  @Override
  public String read() {
    String kept = text;
    return kept == null ? first() : kept;
  }

  private synchronized String first() {
    if (!fetched) {
      fetch();
    }
    if (text == null) {
      disk.flatMap(this::readCopy).ifPresent(this::use);
    }
    String found = text;
    if (found == null) {
      throw new TrustException(
          "cannot fetch " + address + ": " + problem + ", and no copy of it is kept", null);
    }
    return found;
  }

  private Optional<String> readCopy(KeptCopy copy) {
    try {
      Optional<String> found = copy.read();
      found.ifPresent(kept -> check.accept(kept, copy));
      found.ifPresent(
          kept -> LOG.warn("cannot fetch {}, using the copy in {}: {}", address, copy, problem));
      return found;
    } catch (IOException | TrustException e) {
      LOG.warn("the copy of {} is of no use: {}", address, e.getMessage());
      return Optional.empty();
    }
  }

  /** The first text is no change: nothing was loaded before it. */
  private void use(String fresh) {
    if (text != null) {
      version.incrementAndGet();
    }
    text = fresh;
  }

  @Override
  public synchronized void refresh() {
    if (fetched && nanoTime.getAsLong() - due >= 0) {
      fetch();
    }
  }

  private void fetch() {
    fetched = true;
    try {
      fetcher.fetch().ifPresent(this::accept);
      if (problem != null) {
        LOG.info("{} can be fetched again", address);
      }
      problem = null;
      retry = FIRST_RETRY;
      next(REFRESH);
    } catch (IOException | TrustException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed("interrupted");
    }
  }

  private void accept(String fresh) {
    try {
      check.accept(fresh, this);
    } catch (TrustException e) {
      fetcher.forget();
      throw e;
    }
    if (!fresh.equals(text)) {
      use(fresh);
      disk.ifPresent(copy -> keep(copy, fresh));
    }
  }

  private void keep(KeptCopy copy, String fresh) {
    try {
      copy.write(fresh);
    } catch (IOException e) {
      LOG.warn("cannot keep a copy of {} in {}: {}", address, copy, e.toString());
    }
  }

  private void failed(String failure) {
    // A failure of the first fetch is told by who asked for it.
    if (text != null && !failure.equals(problem)) {
      LOG.warn("cannot fetch {}, what was fetched before stays in force: {}", address, failure);
    }
    problem = failure;
    next(retry);
    retry = retry.multipliedBy(2).compareTo(REFRESH) > 0 ? REFRESH : retry.multipliedBy(2);
  }

  private void next(Duration wait) {
    due = nanoTime.getAsLong() + (long) (wait.toNanos() * (0.9 + 0.2 * random.nextDouble()));
  }

  @Override
  public boolean isThere() {
    return text != null;
  }

  @Override
  public Object stamp() {
    return version.get();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
