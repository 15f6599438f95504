package org.peal.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peal.doctor.Finding.Level.FAIL;
import static org.peal.doctor.Finding.Level.OK;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Dnsmasq;
import org.peal.testing.Processes;

/** What the doctor says of publishers that a real name server lists. */
class DoctorDnsIT {

  private static final String QUESTION = "_fedmsg._tcp.example.test";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int port = Dnsmasq.freePort();
  private SickSite site;

  @BeforeAll
  static void needsDnsmasq() {
    Dnsmasq.assumeInstalled();
  }

  @BeforeEach
  void makeSite() {
    site = new SickSite(folder);
    site.set("dns.domains", "[example.test]");
    site.set("dns.resolver", "'127.0.0.1:" + port + "'");
  }

  @AfterEach
  void closeSite() throws IOException {
    site.close();
  }

  private void serve(String... settings) {
    processes.add(Dnsmasq.start(port, settings));
  }

  private static String srv(int port) {
    return "srv-host=" + QUESTION + ",pub.example.test," + port;
  }

  @Test
  void publisherThatAnswers_isWell() throws Exception {
    site.delete("endpoints.d/test.here.yaml");
    serve(srv(site.port()), "host-record=pub.example.test,127.0.0.1");
    assertThat(site.examine())
        .anySatisfy(
            finding -> {
              assertThat(finding.what()).isEqualTo("dns");
              assertThat(finding.level()).isEqualTo(OK);
              assertThat(finding.detail()).isEqualTo(QUESTION + ": 1 publishers");
            })
        .anySatisfy(
            finding -> {
              assertThat(finding.what()).isEqualTo("endpoint");
              assertThat(finding.level()).isEqualTo(OK);
              assertThat(finding.detail()).contains("SRV " + QUESTION, "answers");
            });
  }

  @Test
  void publisherThatIsDown_isNamedWithItsRecord() throws Exception {
    serve(srv(1), "host-record=pub.example.test,127.0.0.1");
    fails("endpoint", "cannot connect to tcp://", "correct or remove it in SRV " + QUESTION);
  }

  @Test
  void targetWithoutAnAddress_isNamedWithItsRecord() throws Exception {
    serve(srv(4001));
    fails("endpoint", "cannot resolve pub.example.test", "correct the host in SRV " + QUESTION);
  }

  @Test
  void domainWithoutRecords_isNamed() throws Exception {
    serve();
    fails("dns", QUESTION + ": the DNS says that there is no such record", "dig " + QUESTION);
  }

  private void fails(String what, String detail, String remedy) throws InterruptedException {
    site.impatient();
    assertThat(site.examine())
        .anySatisfy(
            finding -> {
              assertThat(finding.what()).isEqualTo(what);
              assertThat(finding.level()).isEqualTo(FAIL);
              assertThat(finding.detail()).contains(detail);
              assertThat(finding.remedy()).contains(remedy);
            });
  }
}
