package org.peal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peal.message.Scheme;

class MessageVerifierTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  /** Believes everything, and says which scheme it was asked as. */
  private record Believer(Scheme scheme, Optional<Instant> time) implements SchemeVerifier {
    @Override
    public Signed verify(ObjectNode message, Instant now) {
      return new Signed(scheme.name(), Verdict.Coverage.BODY, time, Optional.empty());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'crypto':'x509'                    | X509",
        "'crypto':'gpg'                     | GPG",
        "'crypto':'gpg','certificate':''    | GPG",
        "'certificate':'','signature':''    | X509",
        "'certificate':''                   | X509",
        "'signature':''                     | GPG",
        "'msg':{}                           | UNSIGNED",
        "'crypto':'pgp','signature':''      | SCHEME_REFUSED",
        "'crypto':null,'signature':''       | SCHEME_REFUSED",
      })
  void verify_scheme_namedElseGuessed(String members, String expected) {
    Verifier verifier =
        MessageVerifier.builder()
            .allow(new Believer(Scheme.X509, Optional.empty()))
            .allow(new Believer(Scheme.GPG, Optional.empty()))
            .build();

    assertThat(outcome(verifier, members)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"X509, GPG", "GPG, X509"})
  void verify_schemeNotAllowed_refused(Scheme allowed, Scheme other) {
    Verifier verifier =
        MessageVerifier.builder().allow(new Believer(allowed, Optional.empty())).build();

    assertThat(outcome(verifier, "'crypto':'" + crypto(allowed) + "'")).isEqualTo(allowed.name());
    assertThat(outcome(verifier, "'crypto':'" + crypto(other) + "'")).isEqualTo("SCHEME_REFUSED");
  }

  @ParameterizedTest
  @CsvSource({"0, GPG", "60, GPG", "61, STALE", "-61, STALE"})
  void verify_timeOfTheSignature_mustBeNearToo(long age, String expected) {
    Verifier verifier =
        MessageVerifier.builder()
            .allow(new Believer(Scheme.GPG, Optional.of(NOW.minusSeconds(age))))
            .maxAge(Duration.ofMinutes(1))
            .clock(InstantSource.fixed(NOW))
            .build();

    assertThat(outcome(verifier, "'crypto':'gpg','timestamp':1700000000")).isEqualTo(expected);
  }

  private static String crypto(Scheme scheme) {
    return scheme == Scheme.GPG ? "gpg" : "x509";
  }

  private static String outcome(Verifier verifier, String members) {
    String text = ("{'topic':'a.b','msg':{}," + members + "}").replace('\'', '"');
    return verifier
        .verify(text.getBytes(UTF_8), null)
        .verdict()
        .fold(Verdict.Valid::signer, invalid -> invalid.reason().name());
  }
}
