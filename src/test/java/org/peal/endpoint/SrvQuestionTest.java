package org.peal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;

/** What is made of answers, good and bad, by a name server that says anything. */
class SrvQuestionTest {

  private static final String OWNER = "_fedmsg._tcp.example.test";

  private final FakeDns dns = new FakeDns();
  private final DnsClient client =
      new DnsClient(new DnsConfig(List.of(), dns.server(), null, null, null));

  @AfterEach
  void close() {
    dns.close();
  }

  private SrvAnswer ask() throws DnsFailure {
    return SrvQuestion.ask(client, "_fedmsg._tcp", "example.test");
  }

  private static SRVRecord srv(int priority, int weight, int port, String target) {
    return srv(OWNER, 300, priority, weight, port, target);
  }

  private static SRVRecord srv(
      String owner, int ttl, int priority, int weight, int port, String target) {
    return new SRVRecord(
        FakeDns.name(owner), DClass.IN, ttl, priority, weight, port, FakeDns.name(target));
  }

  private static CNAMERecord alias(String from, int ttl, String to) {
    return new CNAMERecord(FakeDns.name(from), DClass.IN, ttl, FakeDns.name(to));
  }

  private static SOARecord authority(int ttl, int minimum) {
    return new SOARecord(
        FakeDns.name("example.test"),
        DClass.IN,
        ttl,
        FakeDns.name("ns.example.test"),
        FakeDns.name("root.example.test"),
        1,
        1,
        1,
        1,
        minimum);
  }

  private void refuseWith(int code, Record... authority) {
    dns.script =
        (query, tcp) -> {
          Message reply = FakeDns.reply(query);
          reply.getHeader().setRcode(code);
          for (Record record : authority) {
            reply.addRecord(record, Section.AUTHORITY);
          }
          return reply.toWire();
        };
  }

  @Test
  void ask_severalTargets_areOrderedByPriorityThenWeight() throws DnsFailure {
    dns.answer(
        srv(20, 9, 1, "d.example.test."),
        srv(10, 1, 1, "c.example.test."),
        srv(10, 5, 2, "B.Example.TEST."),
        srv(10, 5, 1, "a.example.test."));

    assertThat(ask().targets())
        .extracting(Endpoint::toString)
        .containsExactly(
            "tcp://a.example.test:1",
            "tcp://b.example.test:2",
            "tcp://c.example.test:1",
            "tcp://d.example.test:1");
    assertThat(ask().ttl()).isEqualTo(Duration.ofSeconds(300));
    assertThat(ask().refused()).isEmpty();
    assertThat(ask().isDenied()).isFalse();
  }

  @Test
  void ask_rootAsTarget_meansNoPublisherButIsNoDenial() throws DnsFailure {
    dns.answer(srv(0, 0, 0, "."));

    assertThat(ask()).isEqualTo(new SrvAnswer(List.of(), false, "", Duration.ofSeconds(300)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1.",
        "1.2.3.0x4.",
        "5.",
        "a\\010b.example.test.",
        "a\\000.test.",
        "under_score.test.",
        "-a.test.",
        "a-.test.",
        "a\\.b.test.",
        "a/b.test.",
        "a:1.test.",
        "[--1].",
        "*.test.",
        "\\195\\164.test."
      })
  void ask_targetThatIsNoHostName_isLeftOut(String target) throws DnsFailure {
    dns.answer(srv(0, 0, 1, target), srv(0, 0, 2, "good.test."));

    assertThat(ask().targets()).containsExactly(new Endpoint("good.test", 2));
    assertThat(ask().refused()).startsWith("target \"").endsWith("\" is not a host name");
    assertThat(ask().refused().chars()).allMatch(c -> c >= ' ' && c < 127);
  }

  @Test
  void ask_portZero_isLeftOut() throws DnsFailure {
    dns.answer(srv(0, 0, 0, "a.test."), srv(1, 0, 0, "b.test."));

    assertThat(ask().targets()).isEmpty();
    assertThat(ask().refused()).isEqualTo("port 0 of \"a.test\" and 1 more");
  }

  @Test
  void ask_sameTargetTwice_isThereOnce() throws DnsFailure {
    dns.answer(srv(0, 0, 1, "a.test."), srv(5, 0, 1, "A.test."));

    assertThat(ask().targets()).containsExactly(new Endpoint("a.test", 1));
  }

  @Test
  void ask_hugeAnswer_comesByTcpAndIsCut() throws DnsFailure {
    List<Record> many = new ArrayList<>();
    IntStream.range(0, 1000).forEach(i -> many.add(srv(i, 0, 1, "host" + i + ".example.test.")));
    dns.script =
        (query, tcp) -> {
          Message reply = FakeDns.reply(query);
          if (tcp) {
            many.forEach(record -> reply.addRecord(record, Section.ANSWER));
          } else {
            reply.getHeader().setFlag(Flags.TC);
          }
          return reply.toWire();
        };

    assertThat(ask().targets())
        .hasSize(SrvQuestion.MAX_TARGETS)
        .first()
        .isEqualTo(new Endpoint("host0.example.test", 1));
    assertThat(ask().refused()).isEqualTo("more than 256 targets and 743 more");
  }

  @Test
  void ask_aliasesInOneAnswer_areFollowedForTheShortestTime() throws DnsFailure {
    dns.answer(
        alias(OWNER, 60, "b.test"),
        alias("b.test", 20, "c.test"),
        srv("c.test", 99, 0, 0, 7, "h.test"));

    assertThat(ask())
        .isEqualTo(
            new SrvAnswer(List.of(new Endpoint("h.test", 7)), false, "", Duration.ofSeconds(20)));
    assertThat(dns.questions).hasValue(1);
  }

  @Test
  void ask_aliasWithoutItsTarget_isAskedFor() throws DnsFailure {
    dns.script =
        (query, tcp) -> {
          Message reply = FakeDns.reply(query);
          boolean first = query.getQuestion().getName().equals(FakeDns.name(OWNER));
          Record record = first ? alias(OWNER, 60, "b.test") : srv("b.test", 99, 0, 0, 7, "h.test");
          reply.addRecord(record, Section.ANSWER);
          return reply.toWire();
        };

    assertThat(ask().targets()).containsExactly(new Endpoint("h.test", 7));
  }

  @Test
  void ask_aliasesInACircle_isNoAnswer() {
    dns.answer(alias(OWNER, 60, "b.test"), alias("b.test", 60, OWNER));

    assertThatThrownBy(this::ask).hasMessage("more than 8 aliases in a row");
  }

  @Test
  void ask_endlessAliases_isNoAnswerAfterFewQuestions() {
    dns.script =
        (query, tcp) -> {
          Message reply = FakeDns.reply(query);
          String name = query.getQuestion().getName().toString();
          reply.addRecord(alias(name, 60, "n" + dns.questions + ".test"), Section.ANSWER);
          return reply.toWire();
        };

    assertThatThrownBy(this::ask).hasMessage("more than 8 aliases in a row");
    assertThat(dns.questions.get()).isLessThanOrEqualTo(10);
  }

  @Test
  void ask_recordsOfAnotherName_areNoAnswer() throws DnsFailure {
    dns.answer(srv("_fedmsg._tcp.evil.test", 300, 0, 0, 1, "evil.test"));

    assertThat(ask().isDenied()).isTrue();
    assertThat(ask().targets()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.NXDOMAIN, Rcode.NOERROR})
  void ask_denial_holdsAsLongAsTheAuthoritySays(int code) throws DnsFailure {
    refuseWith(code, authority(900, 40));

    assertThat(ask()).isEqualTo(new SrvAnswer(List.of(), true, "", Duration.ofSeconds(40)));
  }

  @Test
  void ask_denialWithoutAuthority_holdsNoTime() throws DnsFailure {
    refuseWith(Rcode.NXDOMAIN);

    assertThat(ask()).isEqualTo(new SrvAnswer(List.of(), true, "", Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR, 11})
  void ask_errorCode_isNoAnswer(int code) {
    refuseWith(code);

    assertThatThrownBy(this::ask).isInstanceOf(DnsFailure.class);
  }

  @Test
  void ask_wrongId_isNoAnswer() {
    dns.script =
        (query, tcp) -> {
          Message reply = FakeDns.reply(query);
          reply.addRecord(srv(0, 0, 1, "evil.test"), Section.ANSWER);
          reply.getHeader().setID(query.getHeader().getID() ^ 1);
          return reply.toWire();
        };

    assertThatThrownBy(this::ask).isInstanceOf(DnsFailure.class);
  }

  @Test
  void ask_wrongQuestion_isNoAnswer() {
    dns.script =
        (query, tcp) -> {
          Message reply = new Message(query.getHeader().getID());
          reply.getHeader().setFlag(Flags.QR);
          Record other =
              Record.newRecord(
                  FakeDns.name("other.test"), query.getQuestion().getType(), DClass.IN);
          reply.addRecord(other, Section.QUESTION);
          reply.addRecord(srv(0, 0, 1, "evil.test"), Section.ANSWER);
          return reply.toWire();
        };

    assertThatThrownBy(this::ask).isInstanceOf(DnsFailure.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 11, 12, 40, 512})
  void ask_garbage_isNoAnswer(int length) {
    dns.script =
        (query, tcp) -> {
          byte[] garbage = new byte[length];
          java.util.Arrays.fill(garbage, (byte) 0xC0);
          byte[] start = query.toWire();
          System.arraycopy(start, 0, garbage, 0, Math.min(2, length));
          return garbage;
        };

    assertThatThrownBy(this::ask).isInstanceOf(DnsFailure.class);
  }

  @Test
  void ask_nobodyThere_isNoAnswer() {
    dns.close();

    assertThatThrownBy(this::ask).isInstanceOf(DnsFailure.class);
  }

  @Test
  void ask_serverThatClaimsToHaveValidated_isNotTakenAtItsWord(@TempDir Path folder)
      throws Exception {
    String anchor = "other.test. IN DS 1 13 2 " + "AB".repeat(32) + "\n";
    Path file = Files.writeString(folder.resolve("anchor"), anchor);
    DnsClient validating = new DnsClient(new DnsConfig(List.of(), dns.server(), file, null, null));
    dns.script =
        (query, tcp) -> {
          Message reply = FakeDns.reply(query);
          reply.getHeader().setFlag(Flags.AD);
          reply.addRecord(srv(0, 0, 1, "evil.test"), Section.ANSWER);
          return reply.toWire();
        };

    assertThatThrownBy(() -> SrvQuestion.ask(validating, "_fedmsg._tcp", "example.test"))
        .hasMessage("the answer is not signed by the trust anchor");
  }

  @Test
  void close_questionUnderWay_endsIt() throws Exception {
    dns.script =
        (query, tcp) -> {
          client.close();
          return new byte[0];
        };

    assertThatThrownBy(this::ask).hasMessageStartingWith("given up");
    assertThatThrownBy(this::ask).hasMessageStartingWith("given up");
  }

  @Test
  void resolve_ownServer_isAskedForNamesWithADot() throws Exception {
    HostNames hosts = new HostNames(new DnsConfig(List.of(), dns.server(), null, null, null));
    InetAddress address = InetAddress.getByName("127.0.0.9");
    dns.answer(new ARecord(FakeDns.name("pub.example.test"), DClass.IN, 60, address));

    assertThat(hosts.resolve("pub.example.test")).containsExactly(address);
    assertThat(hosts.resolve("127.0.0.7")).containsExactly(InetAddress.getByName("127.0.0.7"));
    int asked = dns.questions.get();
    assertThat(hosts.resolve("localhost")).isNotEmpty();
    assertThat(dns.questions).hasValue(asked);
  }
}
