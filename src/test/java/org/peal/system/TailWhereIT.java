package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal tail --where} as a process. */
class TailWhereIT {

  private static final String TOPIC = "org.fedoraproject.dev.logger.log";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  @Test
  void shouldShowOnlyWhatIsMeantByWhomItIsMeant() {
    try (Publisher publisher = Publisher.bound()) {
      PealProcess tail =
          site.start(
              "tail",
              "--connect",
              publisher.address(),
              "--ca",
              "ca.crt",
              "--count",
              "1",
              "--where",
              "service == 'logger' and signer == 'ann' and body.log in ['no', 'yes']");
      publisher.awaitSubscriptions(1);
      publisher.send(TOPIC, "not JSON");
      publisher.sendSigned(site.pair("mallory", Site.MALLORY), TOPIC, "yes");
      publisher.sendSigned(site.pair("bob", Site.BOB), TOPIC, "yes");
      publisher.sendSigned(site.pair("ann", Site.ANN), TOPIC, "maybe");
      publisher.sendSigned(site.pair("ann", Site.ANN), TOPIC, "yes");
      tail.assertExit(0);
      assertThat(tail.out()).singleElement().asString().contains("\"yes\"");
    }
  }

  @Test
  void shouldRefuseAWrongExpressionBeforeAnythingElse() {
    PealProcess tail = site.run("", "tail", "--where", "service == logger");
    tail.assertExit(2);
    assertThat(tail.err())
        .containsExactly(
            "peal tail: --where: line 1, column 12: expected a value; a string is written in"
                + " quotes: \"logger\"",
            "  service == logger",
            "             ^^^^^^");
  }
}
