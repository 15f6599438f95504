package org.peal.crypto.x509;

import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What trust needs beside messages: addresses that are due are fetched, files are looked at, and
 * warnings about revocation lists are given, also while no message comes. Its thread ends when
 * nobody holds the trust any more.
 */
final class TrustUpkeep implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(TrustUpkeep.class);

  private final WeakReference<Watched<TrustSnapshot>> trust;
  private final List<TrustSource> sources;
  private final InstantSource clock;
  private final CrlWarnings warnings = new CrlWarnings(LOG::warn);
  private @Nullable ScheduledExecutorService thread;

  TrustUpkeep(Watched<TrustSnapshot> trust, List<TrustSource> sources, InstantSource clock) {
    this.trust = new WeakReference<>(trust);
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  /** Works once a second from now on. */
  void start() {
    thread = new ScheduledThreadPoolExecutor(1, work -> Threads.daemon("peal-trust", work));
    thread.scheduleWithFixedDelay(this, 0, 1, TimeUnit.SECONDS);
  }

  @Override
  public void run() {
    Watched<TrustSnapshot> followed = trust.get();
    if (followed == null) {
      end();
      return;
    }
    try {
      sources.forEach(TrustSource::refresh);
      warnings.look(followed.get(), clock.instant());
    } catch (RuntimeException e) {
      // An exception that left this method would end the schedule.
      LOG.error("cannot look after the trusted authorities", e);
    }
  }

  private void end() {
    if (thread != null) {
      thread.shutdown();
    }
  }
}
