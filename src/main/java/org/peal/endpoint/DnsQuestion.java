package org.peal.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** One question to the DNS, followed through aliases. For one use by one thread. */
final class DnsQuestion {

  private static final int MAX_ALIASES = 8;

  private final DnsClient client;
  private final int type;
  private Name name;
  private int aliases;
  private long ttl = Integer.MAX_VALUE;

  private DnsQuestion(DnsClient client, Name name, int type) {
    this.client = client;
    this.name = name;
    this.type = type;
  }

  /**
   * Returns the records of a name, following at most eight aliases.
   *
   * @throws DnsFailure if that cannot be known
   */
  static DnsAnswer ask(DnsClient client, Name name, int type) throws DnsFailure {
    return new DnsQuestion(client, name, type).ask();
  }

  private DnsAnswer ask() throws DnsFailure {
    while (true) {
      Name asked = name;
      Message response = client.ask(asked, type);
      List<RRset> answer = response.getSectionRRsets(Section.ANSWER);
      follow(answer);
      Optional<RRset> found = find(answer, type);
      if (found.isPresent()) {
        return found(found.get());
      }
      if (name.equals(asked) || response.getRcode() == Rcode.NXDOMAIN) {
        return denied(response);
      }
    }
  }

  private void follow(List<RRset> answer) throws DnsFailure {
    Optional<RRset> alias = find(answer, Type.CNAME);
    while (alias.isPresent() && find(answer, type).isEmpty()) {
      if (++aliases > MAX_ALIASES) {
        throw new DnsFailure("more than " + MAX_ALIASES + " aliases in a row");
      }
      ttl = Math.min(ttl, alias.get().getTTL());
      name = ((CNAMERecord) alias.get().first()).getTarget();
      alias = find(answer, Type.CNAME);
    }
  }

  private Optional<RRset> find(List<RRset> sets, int wanted) {
    return sets.stream()
        .filter(set -> set.getType() == wanted && set.getName().equals(name))
        .findFirst();
  }

  private DnsAnswer found(RRset set) {
    List<Record> records = new ArrayList<>(set.rrs(false));
    return new DnsAnswer(records, Duration.ofSeconds(Math.min(ttl, set.getTTL())));
  }

  /** Without an authority's record nothing says for how long that holds: not at all. */
  private DnsAnswer denied(Message response) {
    long holds =
        response.getSection(Section.AUTHORITY).stream()
            .filter(SOARecord.class::isInstance)
            .map(SOARecord.class::cast)
            .mapToLong(soa -> Math.min(soa.getTTL(), soa.getMinimum()))
            .findFirst()
            .orElse(0);
    return new DnsAnswer(List.of(), Duration.ofSeconds(Math.min(ttl, holds)));
  }
}
