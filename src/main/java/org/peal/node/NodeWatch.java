package org.peal.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.crypto.x509.CrlLife;
import org.peal.http.Answer;
import org.peal.metrics.Metrics;
import org.peal.stream.Following;

/**
 * Looks at a node now and then and tells others how it fares. Thread-safe; {@link #look} is for one
 * thread.
 */
public final class NodeWatch {

  /** A node that nobody looked at for so long is stuck. */
  static final Duration STUCK = Duration.ofSeconds(30);

  /** Publishers that one warning names. */
  private static final int MOST_NAMES = 5;

  private static final Duration KEYS_AGAIN = Duration.ofMinutes(1);

  /** A link by its part and publisher. */
  private record LinkKey(PartName part, String name, String endpoint) {}

  private static final class Heard {
    private final Rhythm rhythm = new Rhythm();
    private long messages;
  }

  private record Seen(
      NodeStatus status, Health health, List<KeyLife> keys, List<CrlLife> lists, Instant at) {}

  private final String version;
  private final Supplier<NodeStatus> node;
  private final Supplier<List<KeyLife>> keySource;
  private final Function<Instant, List<CrlLife>> listSource;
  private final InstantSource clock;
  private final Map<LinkKey, Heard> heard = new HashMap<>();
  private List<KeyLife> keys = List.of();
  private List<CrlLife> lists = List.of();
  private Instant keysRead = Instant.MIN;
  private volatile Seen seen;

  /**
   * Watches a node.
   *
   * @param version what {@code /version} says
   */
  public NodeWatch(String version, PealNode node, PealConfig config) {
    this(
        version,
        node::status,
        () -> KeyLife.in(config.crypto().directory()),
        now -> ListLives.of(config.crypto(), now),
        InstantSource.system());
    node.metrics().add(this::samples);
  }

  NodeWatch(
      String version,
      Supplier<NodeStatus> node,
      Supplier<List<KeyLife>> keySource,
      Function<Instant, List<CrlLife>> listSource,
      InstantSource clock) {
    this.version = version;
    this.node = node;
    this.keySource = keySource;
    this.listSource = listSource;
    this.clock = clock;
    this.seen = new Seen(node.get(), Health.STARTING, List.of(), List.of(), clock.instant());
  }

  /** Looks at the node; to be called about once a second. */
  public void look() {
    Instant now = clock.instant();
    if (keysRead.isBefore(now.minus(KEYS_AGAIN))) {
      keys = List.copyOf(keySource.get());
      lists = List.copyOf(listSource.apply(now));
      keysRead = now;
    }
    NodeStatus status = node.get();
    List<String> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    if (status.parts().isEmpty()) {
      failures.add("no part runs");
    }
    Map<LinkKey, Heard> kept = new HashMap<>();
    status
        .parts()
        .forEach(
            (name, part) -> {
              part.problem().ifPresent(problem -> failures.add(name + ": " + problem));
              part.troubles().forEach(trouble -> failures.add(name + ": " + trouble));
              for (SubscriptionStatus link : part.links()) {
                judge(name, link, now, kept).ifPresent(warnings::add);
              }
              part.following().forEach(each -> judge(name, each).ifPresent(warnings::add));
            });
    heard.keySet().retainAll(kept.keySet());
    keys.forEach(key -> judge(key, now).ifPresent(warnings::add));
    lists.forEach(
        list ->
            list.warning(now)
                .ifPresent(
                    why -> warnings.add("revocation list of " + list.authority() + " " + why)));
    seen = new Seen(status, new Health(failures, warnings), keys, lists, now);
  }

  private Optional<String> judge(
      PartName part, SubscriptionStatus link, Instant now, Map<LinkKey, Heard> kept) {
    LinkKey key = new LinkKey(part, link.origin().name(), link.origin().address());
    Heard known = heard.computeIfAbsent(key, k -> new Heard());
    kept.put(key, known);
    // A link that was made anew counts from zero.
    long fresh = link.messages() - (link.messages() < known.messages ? 0 : known.messages);
    known.messages = link.messages();
    link.lastMessageAt().ifPresent(at -> known.rhythm.heard(fresh, at));
    String who = part + ": publisher " + key.name() + " (" + key.endpoint() + ")";
    if (link.isElsewhere()) {
      return Optional.empty();
    }
    if (!link.connected()) {
      return Optional.of(who + " is not connected since " + link.since());
    }
    Instant from = link.lastMessageAt().filter(at -> at.isAfter(link.since())).orElse(link.since());
    Duration silence = Duration.between(from, now);
    return known.rhythm.isUnusual(silence)
        ? Optional.of(who + " is silent since " + from + ", longer than it usually is")
        : Optional.empty();
  }

  private static Optional<String> judge(PartName part, Following following) {
    long open = following.counters().open();
    String publishers =
        following.streams().stream()
            .filter(stream -> stream.open() > 0)
            .map(Following.Stream::publisher)
            .distinct()
            .limit(MOST_NAMES)
            .collect(Collectors.joining(", "));
    return open == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %s went on without %d messages, which no log has given yet: %s"
                .formatted(part, following.subscriber(), open, publishers));
  }

  private static Optional<String> judge(KeyLife key, Instant now) {
    if (key.end().isBefore(now)) {
      return Optional.of("certificate " + key.name() + " ended at " + key.end());
    }
    return key.end().isBefore(now.plus(KeyLife.NEAR))
        ? Optional.of("certificate " + key.name() + " ends at " + key.end() + ", renew it")
        : Optional.empty();
  }

  /** Returns the pages by path; {@code metrics} are those of the node. */
  public Map<String, Supplier<Answer>> pages(Metrics metrics) {
    return Map.of(
        "/metrics", () -> new Answer(200, Metrics.CONTENT_TYPE, metrics.text()),
        "/livez", this::livez,
        "/readyz", this::readyz,
        "/status", () -> Answer.json(200, report() + "\n"),
        "/version", () -> Answer.text(200, version + "\n"));
  }

  private boolean isStuck() {
    return seen.at().plus(STUCK).isBefore(clock.instant());
  }

  private Answer livez() {
    return isStuck()
        ? Answer.text(503, "stuck since " + seen.at() + "\n")
        : Answer.text(200, "alive\n");
  }

  private Health health() {
    return isStuck() ? new Health(List.of("stuck since " + seen.at()), List.of()) : seen.health();
  }

  private Answer readyz() {
    Health health = health();
    StringBuilder text = new StringBuilder(health.state()).append('\n');
    health.failures().forEach(line -> text.append("failure: ").append(line).append('\n'));
    health.warnings().forEach(line -> text.append("warning: ").append(line).append('\n'));
    return Answer.text(health.isReady() ? 200 : 503, text.toString());
  }

  private String report() {
    Seen last = seen;
    return StatusReport.json(
            version, last.status(), health(), last.keys(), last.lists(), clock.instant())
        .toString();
  }

  private List<org.peal.metrics.Sample> samples() {
    Seen last = seen;
    return NodeSamples.of(last.status(), health(), last.keys(), last.lists(), clock.instant());
  }
}
