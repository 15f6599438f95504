package org.peal.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.peal.config.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about one service of one domain. Confined to the thread that asks.
 *
 * <p>What was known stays while there is no answer. It also stays when the DNS says for the first
 * time that there is no such service: name servers that have just started, or have lost a zone for
 * a moment, say that too. The second time in a row it is believed.
 */
final class SrvWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SrvWatch.class);

  private final String service;
  private final String domain;
  private final boolean isOptional;
  private final InstantSource clock;
  private List<Endpoint> targets = List.of();
  private Instant due;
  private Instant answeredAt;
  private String complaint = "";
  private boolean isDenied;

  /**
   * Makes a watch that is due at once.
   *
   * @param isOptional whether it is usual that there is no such service, and no answer no trouble
   */
  SrvWatch(String service, String domain, boolean isOptional, InstantSource clock) {
    this.service = service;
    this.domain = domain;
    this.isOptional = isOptional;
    this.clock = clock;
    this.due = clock.instant();
    this.answeredAt = due;
  }

  String domain() {
    return domain;
  }

  boolean isOptional() {
    return isOptional;
  }

  List<Endpoint> targets() {
    return targets;
  }

  Instant due() {
    return due;
  }

  /** Asks, and decides when to ask again. */
  void look(DnsClient client, RefreshPolicy policy) {
    try {
      SrvAnswer answer = SrvQuestion.ask(client, service, domain);
      due = clock.instant().plus(policy.after(answer.ttl()));
      use(answer);
    } catch (DnsFailure e) {
      due = clock.instant().plus(policy.afterFailure());
      if (client.isClosed()) {
        return;
      }
      complain("silence", "no answer from the DNS (" + e.getMessage() + ")" + kept());
    }
  }

  private void use(SrvAnswer answer) {
    boolean deniedBefore = isDenied;
    isDenied = answer.isDenied();
    if (isDenied && !deniedBefore && !targets.isEmpty()) {
      complain("doubt", "the DNS says that there is none" + kept() + ", until it says so again");
      return;
    }
    targets = answer.targets();
    if (!answer.refused().isEmpty()) {
      complain(answer.refused(), "records left out: " + answer.refused());
    } else if (isDenied) {
      complain("denial", "the DNS says that there is none");
    } else {
      settle();
    }
    answeredAt = clock.instant();
  }

  private String kept() {
    return targets.isEmpty() ? "" : "; the " + targets.size() + " known before stay in use";
  }

  /** Says what is wrong once for as long as it is wrong in the same way. */
  private void complain(String kind, String text) {
    if (isOptional || kind.equals(complaint)) {
      LOG.debug("{}.{}: {}", service, domain, text);
    } else {
      LOG.warn("{}.{}: {}", service, domain, text);
    }
    complaint = kind;
  }

  private void settle() {
    if (!complaint.isEmpty() && !isOptional) {
      Duration silence = Duration.between(answeredAt, clock.instant());
      LOG.info(
          "{}.{}: good answer after {}, {} publishers",
          service,
          domain,
          Durations.format(Duration.ofSeconds(silence.toSeconds())),
          targets.size());
    }
    complaint = "";
  }
}
