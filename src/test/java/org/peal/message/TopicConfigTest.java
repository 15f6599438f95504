package org.peal.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.config.TestBinding;

class TopicConfigTest {

  @Test
  void bind_nothing_isFedoraInDevelopment() {
    assertThat(TestBinding.defaults(TopicConfig.class))
        .isEqualTo(new TopicConfig("org.fedoraproject", "dev"));
  }

  @Test
  void bind_everyKey_isTaken() {
    assertThat(TestBinding.bind(TopicConfig.class, "{prefix: com.example, environment: prod}"))
        .isEqualTo(new TopicConfig("com.example", "prod"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"prefix: ''", "prefix: .a", "prefix: a.", "prefix: a..b", "environment: a.b"})
  void bind_notSegments_isRefused(String yaml) {
    assertThatThrownBy(() -> TestBinding.bind(TopicConfig.class, yaml))
        .hasMessageContaining("segment");
  }
}
