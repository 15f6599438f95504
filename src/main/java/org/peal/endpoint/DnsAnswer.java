package org.peal.endpoint;

import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Record;

/**
 * What the DNS says to one question. Immutable.
 *
 * @param records of the type that was asked for; none means that the DNS denies that there are any
 * @param ttl how long that holds, by the word of the server
 */
record DnsAnswer(List<Record> records, Duration ttl) {

  DnsAnswer {
    records = List.copyOf(records);
  }
}
