package org.peal.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFilterTest {

  @ParameterizedTest
  @CsvSource({
    "org.x.a, org.x.a, true",
    "org.x.a, org.x.ab, true",
    "org.x.a, org.x, false",
    "org.x.a, org.x.b.a, false",
    "org.ö, org.öx, true",
    "'', org.x, true"
  })
  void prefix_matchesBytes(String prefix, String topic, boolean expected) {
    TopicFilter filter = new TopicFilter.Prefix(prefix);
    assertThat(filter.matches(topic.getBytes(UTF_8))).isEqualTo(expected);
  }

  @Test
  void subscription_isThePrefixInUtf8() {
    assertThat(new TopicFilter.Prefix("ö.").subscription()).isEqualTo("ö.".getBytes(UTF_8));
    assertThat(TopicFilter.ALL.subscription()).isEmpty();
  }

  @Test
  void all_matchesAnyBytes() {
    assertThat(TopicFilter.ALL.matches(new byte[] {(byte) 0xFF})).isTrue();
    assertThat(TopicFilter.ALL.matches(new byte[0])).isTrue();
  }
}
