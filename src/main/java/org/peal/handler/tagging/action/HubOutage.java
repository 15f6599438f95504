package org.peal.handler.tagging.action;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;
import org.peal.service.koji.FaultKind;
import org.peal.service.koji.KojiException;
import org.peal.service.koji.KojiFaultException;
import org.peal.service.koji.KojiLoginException;
import org.peal.service.koji.KojiLostReplyException;
import org.peal.service.koji.KojiReplyException;
import org.peal.service.koji.KojiTransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a hub is down, by its own word or because nobody is there, since when, and when it is
 * asked next. Until then nothing is asked of it, so that builds that need no hub are not held up by
 * those that do. Thread-safe.
 */
final class HubOutage {

  private static final Logger LOG = LoggerFactory.getLogger(HubOutage.class);

  /** However short the profile says. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** A build waits for this part of the time that the hub has been down before it comes again. */
  private static final int PART = 4;

  private record Away(Instant since, Instant next, String why) {}

  private final InstantSource clock;
  private @Nullable Away away;

  HubOutage(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Does nothing unless the hub is down and is not to be asked yet.
   *
   * @throws HubAwayException in that case
   */
  synchronized void check() {
    Instant now = clock.instant();
    if (away != null && now.isBefore(away.next)) {
      throw exception(away, now);
    }
  }

  /**
   * Takes in how a call failed.
   *
   * @param pause how long the hub is left alone if it is down
   * @return what to throw instead, if the hub is down
   */
  synchronized Optional<HubAwayException> failed(KojiException problem, Duration pause) {
    Optional<KojiFaultException> said = said(problem);
    boolean isDown = said.isPresent() ? said.get().kind() == FaultKind.OFFLINE : isSilent(problem);
    if (!isDown) {
      if (said.isPresent()) {
        passed();
      }
      return Optional.empty();
    }
    Instant now = clock.instant();
    Instant next = now.plus(pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause);
    Away last = away;
    Away found = new Away(last == null ? now : last.since, next, problem.getMessage());
    if (last == null) {
      LOG.warn("Koji is down, builds wait for it: {}", found.why);
    }
    away = found;
    return Optional.of(exception(found, now));
  }

  /**
   * Returns what the hub has answered, if it has: also to a login, or to a call without a reply.
   */
  private static Optional<KojiFaultException> said(KojiException problem) {
    return Stream.of(problem, problem.getCause())
        .filter(KojiFaultException.class::isInstance)
        .map(KojiFaultException.class::cast)
        .findFirst();
  }

  /**
   * Tells whether a hub that has said nothing is down: where nobody takes a call it is; once that
   * is known, whatever else answers in its place, or nothing at all, means that it still is.
   */
  private boolean isSilent(KojiException problem) {
    if (away == null) {
      return problem instanceof KojiTransportException transport && transport.isUnreachable();
    }
    return problem instanceof KojiTransportException
        || problem instanceof KojiReplyException reply && reply.category() == Category.TRANSIENT
        || problem instanceof KojiLostReplyException
        || problem instanceof KojiLoginException login && login.isByWebServer();
  }

  private static HubAwayException exception(Away away, Instant now) {
    Duration untilNext = Duration.between(now, away.next);
    Duration part = Duration.between(away.since, now).dividedBy(PART);
    return new HubAwayException(
        "Koji is down: " + away.why, part.compareTo(untilNext) > 0 ? part : untilNext);
  }

  /** Takes in that the hub has answered. */
  synchronized void passed() {
    if (away != null) {
      LOG.info("Koji is there again, it was down since {}", away.since);
      away = null;
    }
  }

  /** Returns what people should know of it; empty while the hub is not known to be down. */
  synchronized Optional<String> trouble() {
    return Optional.ofNullable(away)
        .map(
            it ->
                "Koji is down since %s (%s), asked again at %s"
                    .formatted(
                        it.since.truncatedTo(ChronoUnit.SECONDS),
                        it.why,
                        it.next.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Returns for how long the hub has been down; zero while it is not known to be. */
  synchronized Duration length() {
    return away == null ? Duration.ZERO : Duration.between(away.since, clock.instant());
  }
}
