package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.peal.bus.Draft;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.Topic;

class DraftWeightTest {

  private static final Topic TOPIC = new Topic("org.example.dev.a.b");

  private static Draft draft(String body) {
    return Draft.of(
        TOPIC, StrictJson.parse(body.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
  }

  @Test
  void of_anyBody_isAtLeastItsTextAndRoomForASignature() {
    for (String body :
        new String[] {
          "1",
          "null",
          "\"%s\"".formatted("x".repeat(100_000)),
          "{\"%s\":{\"b\":[1,2.5,true,\"text\",{}]}}".formatted("a".repeat(5000)),
          "[%s1]".formatted("1234567,".repeat(20_000)),
          "9".repeat(4000)
        }) {
      Draft draft = draft(body);
      assertThat(DraftWeight.of(draft))
          .isGreaterThanOrEqualTo(CanonicalJson.write(draft.body()).length + 4096L);
    }
  }

  @Test
  void of_headers_count() {
    Draft plain = draft("1");
    Draft withHeader =
        new Draft(
            plain.topic(),
            plain.body(),
            plain.headers().deepCopy().put("name", "x".repeat(1000)),
            plain.severity(),
            plain.id(),
            plain.username(),
            plain.certPrefix());
    assertThat(DraftWeight.of(withHeader) - DraftWeight.of(plain)).isGreaterThanOrEqualTo(1004);
  }
}
