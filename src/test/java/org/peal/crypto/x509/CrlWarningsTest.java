package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Location;
import org.peal.testing.TestPki;

class CrlWarningsTest {

  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(90));

  private final TestPki.Identity root = new TestPki().root("Root");
  private final List<String> told = new ArrayList<>();
  private final CrlWarnings warnings = new CrlWarnings(told::add);

  @TempDir Path folder;

  private TrustSnapshot trust(Duration grace, String lists) {
    Path ca = TestPki.writeText(folder.resolve("ca.crt"), root.pem());
    Path crl = TestPki.writeText(folder.resolve("crl.pem"), lists);
    return new TrustFiles(Location.of(ca), Optional.of(Location.of(crl)), grace, CryptoProvider.JDK)
        .load();
  }

  @Test
  void look_lastWeek_tellsOnceADay() {
    TrustSnapshot trust = trust(Duration.ZERO, root.crl(START, END));

    warnings.look(trust, END.minus(Duration.ofDays(7)).minusSeconds(1));
    assertThat(told).isEmpty();
    for (int hour = 0; hour < 48; hour++) {
      warnings.look(trust, END.minus(Duration.ofDays(7)).plus(Duration.ofHours(hour)));
    }
    assertThat(told)
        .hasSize(2)
        .allMatch(
            text ->
                text.equals(
                    "revocation list of CN=Root ends at " + END + "; renew it before then"));
  }

  @Test
  void look_shortLife_tellsWhenAThirdIsLeft() {
    TrustSnapshot trust = trust(Duration.ZERO, root.crl(START, START.plusSeconds(30)));

    warnings.look(trust, START.plusSeconds(19));
    assertThat(told).isEmpty();
    warnings.look(trust, START.plusSeconds(20));
    assertThat(told).hasSize(1);
  }

  @Test
  void look_graceAndItsEnd_tellWhenTheyBeginAndOnceADay() {
    TrustSnapshot trust = trust(Duration.ofDays(2), root.crl(START, END));

    warnings.look(trust, END);
    told.clear();
    for (int minute = 1; minute < 3 * 24 * 60; minute += 10) {
      warnings.look(trust, END.plus(Duration.ofMinutes(minute)));
    }

    assertThat(told)
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "revocation list of CN=Root ended at %s and still serves until %s"
                                .formatted(END, END.plus(Duration.ofDays(2)))
                            + " (crypto.crl-grace); renew it"),
            text -> assertThat(text).contains("still serves until"),
            text -> assertThat(text).contains("messages that depend on it are refused"));
  }

  @Test
  void look_renewedList_endsTheWarnings() {
    warnings.look(trust(Duration.ZERO, root.crl(START, END)), END);
    assertThat(told).hasSize(1);

    Instant later = END.plus(Duration.ofDays(90));
    TrustSnapshot renewed = trust(Duration.ZERO, root.crl(START, END) + root.crl(END, later));
    warnings.look(renewed, END.plusSeconds(1));
    assertThat(told).hasSize(1);
    warnings.look(renewed, later);
    assertThat(told).hasSize(2);
  }
}
