package org.peal.endpoint;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/** The {@code dns} section: publishers found by name service. Immutable; null means not set. */
@Doc("Publishers that are found by DNS.")
public record DnsConfig(
    @Doc(
            "Domains whose `_fedmsg._tcp.DOMAIN` SRV records list publishers, together with those"
                + " that the endpoint files name.")
        List<String> domains,
    @Doc(
            "Name server to ask for these records and for the addresses of publishers; names that"
                + " it does not know are asked of the system. When not set: the system's.")
        @Nullable DnsServer resolver,
    @Doc(
            "File of DS or DNSKEY records. Switches DNSSEC validation on: an answer that cannot be"
                + " proved counts as none, for SRV records and for the addresses of publishers"
                + " whose names have a dot.")
        @Nullable Path trustAnchor,
    @Doc("Shortest time between two questions for the same records, at least 1s.")
        Duration refreshMin,
    @Doc("Longest time between two questions, whatever the records' own time to live.")
        Duration refreshMax) {

  /** Most domains that are asked for; more are a mistake. */
  static final int MAX_DOMAINS = 100;

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration USUAL_MIN = Duration.ofSeconds(30);
  private static final Duration USUAL_MAX = Duration.ofHours(1);
  private static final Duration MOST = Duration.ofDays(7);

  public DnsConfig {
    domains = requireNonNullElse(domains, List.<String>of()).stream().map(Domains::check).toList();
    refreshMin = requireNonNullElse(refreshMin, USUAL_MIN);
    refreshMax = requireNonNullElse(refreshMax, USUAL_MAX);
    if (domains.size() > MAX_DOMAINS) {
      throw new IllegalArgumentException(
          "domains must be at most " + MAX_DOMAINS + ", but are " + domains.size());
    }
    if (refreshMin.compareTo(LEAST) < 0
        || refreshMax.compareTo(refreshMin) < 0
        || refreshMax.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "refresh-min must be at least 1s, refresh-max not below it and at most 7d");
    }
  }

  /** Returns a section in which nothing is set. */
  public static DnsConfig defaults() {
    return new DnsConfig(List.of(), null, null, USUAL_MIN, USUAL_MAX);
  }
}
