package org.peal.endpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks for the SRV records of a domain and checks them. Stateless. */
final class SrvQuestion {

  /** Most publishers of one domain that are used. */
  static final int MAX_TARGETS = 256;

  private static final Comparator<SRVRecord> BEST_FIRST =
      Comparator.comparingInt(SRVRecord::getPriority)
          .thenComparing(SRVRecord::getWeight, Comparator.reverseOrder())
          .thenComparing(record -> record.getTarget().canonicalize())
          .thenComparingInt(SRVRecord::getPort);

  private SrvQuestion() {}

  /**
   * Returns the addresses of a service.
   *
   * @param service such as {@code _fedmsg._tcp}
   * @throws DnsFailure if they cannot be known
   */
  static SrvAnswer ask(DnsClient client, String service, String domain) throws DnsFailure {
    DnsAnswer answer = DnsQuestion.ask(client, name(service + "." + domain), Type.SRV);
    Set<Endpoint> targets = new LinkedHashSet<>();
    List<String> refused = new ArrayList<>();
    for (SRVRecord record : sorted(answer.records())) {
      if (!isSwitchedOff(record)) {
        add(record, targets, refused);
      }
    }
    return new SrvAnswer(
        List.copyOf(targets), answer.records().isEmpty(), summary(refused), answer.ttl());
  }

  private static Name name(String text) throws DnsFailure {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new DnsFailure("not a name: " + text);
    }
  }

  private static List<SRVRecord> sorted(List<Record> records) {
    return records.stream()
        .filter(SRVRecord.class::isInstance)
        .map(SRVRecord.class::cast)
        .sorted(BEST_FIRST)
        .toList();
  }

  private static boolean isSwitchedOff(SRVRecord record) {
    return record.getTarget().equals(Name.root);
  }

  private static void add(SRVRecord record, Set<Endpoint> targets, List<String> refused) {
    // Control characters and the like come as \DDD, which is no host either.
    String host = record.getTarget().toString(true).toLowerCase(Locale.ROOT);
    if (record.getPort() == 0) {
      refused.add("port 0 of \"" + host + "\"");
    } else if (!Domains.isHost(host)) {
      refused.add("target \"" + host + "\" is not a host name");
    } else if (targets.size() == MAX_TARGETS) {
      refused.add("more than " + MAX_TARGETS + " targets");
    } else {
      targets.add(new Endpoint(host, record.getPort()));
    }
  }

  private static String summary(List<String> refused) {
    return switch (refused.size()) {
      case 0 -> "";
      case 1 -> refused.get(0);
      default -> refused.get(0) + " and " + (refused.size() - 1) + " more";
    };
  }
}
