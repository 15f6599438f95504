package org.peal.handler.tagging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.peal.ConditionalFetch;
import org.peal.KeptCopy;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.PythonTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules on a web server, fetched by who asks for them, when that is due. Thread-safe.
 *
 * <p>Requests say what is known already, so that a server answers briefly as long as nothing has
 * changed. After a failure the pauses grow. The last good text is kept on disk, where there is a
 * place for it, and used if the server does not answer at the start.
 */
final class WebRules implements RuleSource {

  private static final Logger LOG = LoggerFactory.getLogger(WebRules.class);

  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final Duration REFRESH = Duration.ofSeconds(30);
  static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private final URI address;
  private final TaggingSettings settings;
  private final ConditionalFetch fetcher;
  private final LongSupplier nanoTime;
  private final Optional<KeptCopy> disk;

  // Guarded by this.
  private @Nullable Rules rules;
  private @Nullable String problem;
  private boolean asked;
  private long due;
  private Duration retry = REFRESH;

  WebRules(URI address, TaggingSettings settings, HttpClient client) {
    this(
        address,
        settings,
        client,
        KeptCopy.folder(System.getenv(), "tagging")
            .map(folder -> KeptCopy.of(folder, address, PythonTree.MAX_LENGTH)),
        System::nanoTime);
  }

  WebRules(
      URI address,
      TaggingSettings settings,
      HttpClient client,
      Optional<KeptCopy> disk,
      LongSupplier nanoTime) {
    this.address = address;
    this.settings = settings;
    this.fetcher = new ConditionalFetch(client, address, TIMEOUT, PythonTree.MAX_LENGTH);
    this.nanoTime = nanoTime;
    this.disk = disk;
  }

  /** Returns what is at an address now. */
  static byte[] fetchOnce(URI address, HttpClient client) throws IOException, InterruptedException {
    return new ConditionalFetch(client, address, TIMEOUT, PythonTree.MAX_LENGTH)
        .fetch()
        .orElseThrow(() -> new IOException("the server answers without a text"))
        .getBytes(ISO_8859_1);
  }

  @Override
  public synchronized Rules rules() {
    if (!asked || nanoTime.getAsLong() - due >= 0) {
      fetch();
      if (rules == null) {
        disk.ifPresent(this::useCopy);
      }
    }
    Rules found = rules;
    if (found == null) {
      throw new ConfigException(
          Place.at(address.toString()), "", "there are no rules yet: " + problem);
    }
    return found;
  }

  @Override
  public synchronized boolean reload() {
    fetcher.forget();
    return fetch();
  }

  private boolean fetch() {
    asked = true;
    try {
      Optional<String> fresh = fetcher.fetch();
      fresh.ifPresent(this::accept);
      if (fresh.isPresent() || problem != null) {
        LOG.info("tagging rules are those of {}", address);
      }
      problem = null;
      retry = REFRESH;
      next(REFRESH);
      return true;
    } catch (IOException | ConfigException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed("interrupted");
    }
    return false;
  }

  private void useCopy(KeptCopy copy) {
    try {
      copy.read()
          .ifPresent(
              kept -> {
                rules = parsed(kept);
                LOG.warn("cannot fetch {}, using the copy in {}: {}", address, copy, problem);
              });
    } catch (IOException | ConfigException e) {
      LOG.warn("the copy of {} is of no use: {}", address, e.getMessage());
    }
  }

  private void keep(KeptCopy copy, String fresh) {
    try {
      copy.write(fresh);
    } catch (IOException e) {
      LOG.warn("cannot keep a copy of {} in {}: {}", address, copy, e.toString());
    }
  }

  private Rules parsed(String text) {
    return RuleFile.read(text.getBytes(ISO_8859_1), Place.at(address.toString()), settings)
        .inForce(settings.compat());
  }

  private void accept(String fresh) {
    try {
      rules = parsed(fresh);
      disk.ifPresent(copy -> keep(copy, fresh));
    } catch (ConfigException e) {
      fetcher.forget();
      throw e;
    }
  }

  private void failed(String failure) {
    if (!failure.equals(problem)) {
      LOG.error(
          "cannot use the rules of {}{}: {}",
          address,
          rules == null ? "" : ", the last good ones stay in force",
          failure);
    }
    problem = failure;
    next(retry);
    Duration longer = retry.multipliedBy(2);
    retry = longer.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : longer;
  }

  private void next(Duration wait) {
    due = nanoTime.getAsLong() + wait.toNanos();
  }
}
