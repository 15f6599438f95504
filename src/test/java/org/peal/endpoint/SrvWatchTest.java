package org.peal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SRVRecord;

class SrvWatchTest {

  private static final Endpoint KNOWN = new Endpoint("a.test", 7);
  private static final Duration MIN = Duration.ofSeconds(30);
  private static final Duration MAX = Duration.ofHours(1);

  private final FakeDns dns = new FakeDns();
  private final DnsClient client =
      new DnsClient(new DnsConfig(List.of(), dns.server(), null, null, null));
  private final RefreshPolicy policy = new RefreshPolicy(MIN, MAX, new Random(1));
  private Instant now = Instant.EPOCH;
  private final SrvWatch watch = new SrvWatch("_fedmsg._tcp", "example.test", false, () -> now);

  @AfterEach
  void close() {
    dns.close();
  }

  private void good(int ttl) {
    dns.answer(record(ttl, "a.test"));
    watch.look(client, policy);
  }

  private static SRVRecord record(int ttl, String target) {
    return new SRVRecord(
        FakeDns.name("_fedmsg._tcp.example.test"), DClass.IN, ttl, 0, 0, 7, FakeDns.name(target));
  }

  private void say(int code) {
    dns.script =
        (query, tcp) -> {
          Message reply = FakeDns.reply(query);
          reply.getHeader().setRcode(code);
          return reply.toWire();
        };
    watch.look(client, policy);
  }

  private Duration pause() {
    return Duration.between(now, watch.due());
  }

  @Test
  void look_goodAnswer_isAskedForAgainWithinItsTime() {
    good(1000);

    assertThat(watch.targets()).containsExactly(KNOWN);
    assertThat(pause()).isBetween(Duration.ofSeconds(900), Duration.ofSeconds(1000));
  }

  @Test
  void look_timesToLiveOutOfBounds_areBounded() {
    good(0);
    assertThat(pause()).isEqualTo(MIN);
    good(Integer.MAX_VALUE);
    assertThat(pause()).isBetween(MAX.multipliedBy(9).dividedBy(10), MAX);
  }

  @Test
  void look_noAnswer_keepsWhatIsKnownHoweverLong() {
    good(60);
    for (int i = 0; i < 5; i++) {
      now = now.plus(Duration.ofDays(1));
      say(Rcode.SERVFAIL);
    }

    assertThat(watch.targets()).containsExactly(KNOWN);
    assertThat(pause()).isEqualTo(MIN);
  }

  @Test
  void look_denial_isBelievedTheSecondTimeInARow() {
    good(60);
    say(Rcode.NXDOMAIN);
    assertThat(watch.targets()).containsExactly(KNOWN);
    say(Rcode.NXDOMAIN);
    assertThat(watch.targets()).isEmpty();
    good(60);
    assertThat(watch.targets()).containsExactly(KNOWN);
    say(Rcode.NOERROR);
    assertThat(watch.targets()).containsExactly(KNOWN);
  }

  @Test
  void look_switchedOff_isBelievedAtOnce() {
    good(60);
    dns.answer(record(60, "."));
    watch.look(client, policy);

    assertThat(watch.targets()).isEmpty();
  }
}
