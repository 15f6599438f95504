package org.peal.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicTest {

  @Test
  void segments_keepsEmptyOnes() {
    assertThat(new Topic("org.example.dev").segments()).containsExactly("org", "example", "dev");
    assertThat(new Topic("a..b.").segments()).containsExactly("a", "", "b", "");
    assertThat(new Topic("a").segments()).containsExactly("a");
  }

  @Test
  void new_empty_throws() {
    assertThatThrownBy(() -> new Topic(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topic must not be empty");
  }

  @Test
  void toString_isTheValue() {
    assertThat(new Topic("a.b")).hasToString("a.b");
  }
}
