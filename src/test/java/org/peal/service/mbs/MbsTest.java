package org.peal.service.mbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.PealException.Category;
import org.peal.testing.FakeMbs;

class MbsTest {

  private static final String HEAD =
      "{\"id\": 7, \"name\": \"virt\", \"stream\": \"el-8\", \"version\": \"20190318115634\","
          + " \"context\": \"c2c572ec\", \"state\": 5, \"state_name\": \"ready\", \"scratch\":"
          + " false";
  private static final Nsvc NSVC = new Nsvc("virt", "el-8", "20190318115634", "c2c572ec");
  private static final ModuleBuild BUILD =
      new ModuleBuild(7, NSVC, "ready", false, Optional.of("document: modulemd\n"));

  private final FakeMbs service = new FakeMbs();
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final Mbs mbs = new Mbs(service.address(), Duration.ofMinutes(1), () -> now);

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void build_known_isAskedForOnceInTenMinutes() {
    service.put(7, HEAD + ", \"modulemd\": \"document: modulemd\\n\"}");
    assertThat(mbs.build(7)).contains(BUILD);
    assertThat(mbs.build(7)).contains(BUILD);
    assertThat(service.requests()).containsExactly("7?verbose=True");
    now = now.plus(Duration.ofMinutes(10));
    assertThat(mbs.build(7)).contains(BUILD);
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void build_manyOthersSince_isAskedForAgain() {
    for (int id = 0; id <= 200; id++) {
      String head = HEAD.replace("\"id\": 7", "\"id\": " + id);
      service.put(id, head + ", \"modulemd\": \"x\"}");
      assertThat(mbs.build(id)).isPresent();
    }
    assertThat(mbs.build(200)).isPresent();
    assertThat(service.requests()).hasSize(201);
    assertThat(mbs.build(0)).isPresent();
    assertThat(service.requests()).hasSize(202);
  }

  @Test
  void build_withoutModulemdOrUnknown_isNotRemembered() {
    assertThat(mbs.build(7)).isEmpty();
    service.put(7, HEAD + ", \"modulemd\": null}");
    assertThat(mbs.build(7).orElseThrow().modulemd()).isEmpty();
    service.put(7, HEAD + ", \"modulemd\": \"document: modulemd\\n\"}");
    assertThat(mbs.build(7)).contains(BUILD);
  }

  @Test
  void builds_identity_isAskedForByItsParts() {
    service.put(7, HEAD + ", \"modulemd\": \"document: modulemd\\n\"}");
    assertThat(mbs.builds(NSVC)).containsExactly(BUILD);
    mbs.builds(new Nsvc("a&b", "1 2", "3", "4"));
    assertThat(service.requests())
        .containsExactly(
            "?name=virt&stream=el-8&version=20190318115634&context=c2c572ec"
                + "&verbose=true&order_desc_by=id&per_page=10",
            "?name=a%26b&stream=1+2&version=3&context=4"
                + "&verbose=true&order_desc_by=id&per_page=10");
  }

  @ParameterizedTest
  @CsvSource({
    "500, TRANSIENT",
    "503, TRANSIENT",
    "429, TRANSIENT",
    "408, TRANSIENT",
    "400, PERMANENT",
    "403, PERMANENT"
  })
  void build_statusOfFailure_saysWhetherToTryAgain(int status, Category category) {
    service.status(status);
    assertThatExceptionOfType(MbsException.class)
        .isThrownBy(() -> mbs.build(7))
        .withMessageContaining("HTTP status " + status)
        .matches(e -> e.category() == category);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>", "[]", "{}", "{\"id\": \"x\"}", "{\"id\": 7, \"state_name\": \"a\"}"})
  void build_answerOfNoUse_isRefused(String json) {
    service.put(7, json);
    assertThatExceptionOfType(MbsException.class)
        .isThrownBy(() -> mbs.build(7))
        .withMessageContaining("unusable answer");
  }

  @Test
  void build_answerTooLarge_isRefused() {
    service.put(7, " ".repeat((16 << 20) + 1));
    assertThatExceptionOfType(MbsException.class)
        .isThrownBy(() -> mbs.build(7))
        .withMessageContaining("larger than 16777216 bytes");
  }

  @Test
  void build_nobodyThere_isTransient() {
    service.close();
    assertThatExceptionOfType(MbsException.class)
        .isThrownBy(() -> mbs.build(7))
        .matches(e -> e.category() == Category.TRANSIENT);
  }

  @Test
  void parse_text_givesTheParts() {
    assertThat(Nsvc.parse("virt:el-8:20190318115634:c2c572ec")).isEqualTo(NSVC);
    assertThat(NSVC).hasToString("virt:el-8:20190318115634:c2c572ec");
    for (String text : new String[] {"", "a:b:c", "a:b:c:d:e", "a::c:d"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Nsvc.parse(text));
    }
  }
}
