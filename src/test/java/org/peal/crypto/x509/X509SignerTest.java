package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.KeyKind;
import org.peal.crypto.SigningException;
import org.peal.json.CanonicalJson;

class X509SignerTest {

  private final X509Signer signer = new X509Signer(() -> FedmsgVectors.pair("signer-a"));

  @Test
  void sign_message_addsCredentialsAfterItsMembers() {
    ObjectNode unsigned = FedmsgVectors.object("{\"topic\":\"a.b\",\"msg\":{}}");
    ObjectNode before = unsigned.deepCopy();

    ObjectNode signed = signer.sign(unsigned);

    assertThat(unsigned).isEqualTo(before);
    assertThat(List.copyOf(signed.properties()).stream().map(e -> e.getKey()))
        .containsExactly("topic", "msg", "crypto", "signature", "certificate");
    assertThat(signed.get("crypto").textValue()).isEqualTo("x509");
    assertThat(signed.get("signature").textValue().lines()).hasSize(5);
    assertThat(signed.get("signature").textValue()).endsWith("\n");
  }

  @Test
  void sign_otherScheme_replaced() {
    ObjectNode signed = signer.sign(FedmsgVectors.object("{\"crypto\":\"gpg\"}"));
    assertThat(signed.get("crypto").textValue()).isEqualTo("x509");
  }

  @ParameterizedTest
  @ValueSource(strings = {"signature", "certificate"})
  void sign_credentialsThereAlready_refused(String field) {
    ObjectNode message = FedmsgVectors.object("{\"%s\":null}".formatted(field));
    assertThatExceptionOfType(SigningException.class)
        .isThrownBy(() -> signer.sign(message))
        .withMessageContaining(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{\"topic\":\"a.b\",\"msg\":{\"é\":[1.5,null]},\"headers\":{\"x\":\"y\"},\"i\":1}",
        "{\"zz\":\"\\n\",\"crypto\":\"gpg\",\"certificatf\":0,\"signaturd\":0,\"\uD83D\uDE00\":0}"
      })
  void signedText_isTheTextOfWhatIsSigned(String json) {
    ObjectNode message = FedmsgVectors.object(json);
    X509Signer both =
        new X509Signer(() -> FedmsgVectors.pair("signer-a"), CryptoProvider.JDK, true);
    for (X509Signer each : List.of(signer, both)) {
      assertThat(each.signedText(message))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo(
              new String(CanonicalJson.write(each.sign(message)), StandardCharsets.US_ASCII));
    }
    assertThat(message).isEqualTo(FedmsgVectors.object(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"signature", "certificate"})
  void signedText_credentialsThereAlready_refused(String field) {
    ObjectNode message = FedmsgVectors.object("{\"%s\":null}".formatted(field));
    assertThatExceptionOfType(SigningException.class)
        .isThrownBy(() -> signer.signedText(message))
        .withMessageContaining(field);
  }

  @Test
  void warmUp_changesNoSignature() {
    ObjectNode message = FedmsgVectors.object("{\"topic\":\"a.b\"}");
    X509Signer warm = new X509Signer(() -> FedmsgVectors.pair("signer-a"));

    warm.warmUp();

    assertThat(warm.sign(message)).isEqualTo(signer.sign(message));
  }

  @Test
  void warmUp_keyThatCannotSign_saidByTheFirstMessage() {
    OwnKeyPair good = FedmsgVectors.pair("signer-a");
    OwnKeyPair bad = new OwnKeyPair(KeyKind.ED25519, good.key(), good.certificate());
    X509Signer broken = new X509Signer(() -> bad);

    broken.warmUp();

    assertThatExceptionOfType(SigningException.class)
        .isThrownBy(() -> broken.sign(FedmsgVectors.object("{}")));
  }
}
