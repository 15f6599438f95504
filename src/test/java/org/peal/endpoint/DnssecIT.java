package org.peal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Dnsmasq;
import org.peal.testing.Named;
import org.peal.testing.Processes;

/** Which answers of a real name server count as proved. */
class DnssecIT {

  private static final String ZONE =
      """
      $TTL 60
      @ IN SOA ns root 1 60 60 60 60
      @ IN NS ns
      ns IN A 127.0.0.1
      _fedmsg._tcp IN SRV 0 0 3000 pub
      _fedmsg._tcp.alias IN CNAME _fedmsg._tcp
      pub IN A 127.0.0.2
      """;

  @RegisterExtension final Processes processes = new Processes();
  @TempDir Path folder;

  @BeforeAll
  static void needsBind() {
    Named.assumeInstalled();
  }

  private DnsConfig config(int port, String anchor) throws Exception {
    Path file = Files.writeString(folder.resolve("anchor"), anchor + "\n");
    return new DnsConfig(List.of(), new DnsServer("127.0.0.1", port), file, null, null);
  }

  private int serve(String zone, String file) throws Exception {
    int port = Dnsmasq.freePort();
    processes.add(Named.start(folder, port, zone, file));
    return port;
  }

  private static SrvAnswer ask(DnsConfig config, String domain) throws DnsFailure {
    return SrvQuestion.ask(new DnsClient(config), "_fedmsg._tcp", domain);
  }

  @Test
  void shouldBelieveAnswersAndDenialsThatAreSigned() throws Exception {
    String anchor = Named.sign(folder.resolve("s"), "example.test", ZONE);
    DnsConfig config = config(serve("example.test", "s/zone.signed"), anchor);

    assertThat(ask(config, "example.test").targets())
        .containsExactly(new Endpoint("pub.example.test", 3000));
    assertThat(ask(config, "alias.example.test").targets()).hasSize(1);
    assertThat(ask(config, "nothing.example.test").isDenied()).isTrue();
    assertThat(new HostNames(config).resolve("pub.example.test"))
        .containsExactly(InetAddress.getByName("127.0.0.2"));
    assertThatThrownBy(() -> new HostNames(config).resolve("no.example.test"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void shouldNotBelieveWhatWasChanged() throws Exception {
    String anchor = Named.sign(folder.resolve("s"), "example.test", ZONE);
    Path signed = folder.resolve("s/zone.signed");
    String forged =
        Files.readString(signed).replace("0 0 3000", "0 0 6666").replace("127.0.0.2", "127.0.0.66");
    Files.writeString(signed, forged);
    DnsConfig config = config(serve("example.test", "s/zone.signed"), anchor);

    assertThatThrownBy(() -> ask(config, "example.test"))
        .isInstanceOf(DnsFailure.class)
        .hasMessageMatching(
            "the name server says SERVFAIL|the answer is not signed by the trust anchor");
    assertThatThrownBy(() -> new HostNames(config).resolve("pub.example.test"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void shouldNotBelieveWhatAnotherKeySigned() throws Exception {
    String anchor = Named.sign(folder.resolve("theirs"), "example.test", ZONE);
    Named.sign(folder.resolve("s"), "example.test", ZONE);
    DnsConfig config = config(serve("example.test", "s/zone.signed"), anchor);

    assertThatThrownBy(() -> ask(config, "example.test"))
        .isInstanceOf(DnsFailure.class)
        .hasMessageMatching(
            "the name server says SERVFAIL|the answer is not signed by the trust anchor");
    assertThatThrownBy(() -> ask(config, "nothing.example.test"))
        .isInstanceOf(DnsFailure.class)
        .hasMessageMatching(
            "the name server says SERVFAIL|the answer is not signed by the trust anchor");
  }

  @Test
  void shouldNotBelieveWhatIsNotSigned() throws Exception {
    String anchor = Named.sign(folder.resolve("s"), "example.test", ZONE);
    DnsConfig stripped = config(serve("example.test", "s/zone"), anchor);
    assertThatThrownBy(() -> ask(stripped, "example.test"))
        .isInstanceOf(DnsFailure.class)
        .hasMessageMatching(
            "the name server says SERVFAIL|the answer is not signed by the trust anchor");

    DnsConfig elsewhere = config(serve("plain.test", "s/zone"), anchor);
    assertThatThrownBy(() -> ask(elsewhere, "plain.test"))
        .isInstanceOf(DnsFailure.class)
        .hasMessageMatching(
            "the name server says SERVFAIL|the answer is not signed by the trust anchor");
  }
}
