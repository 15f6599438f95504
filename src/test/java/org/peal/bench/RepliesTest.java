package org.peal.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RepliesTest {

  private final Replies replies = new Replies();

  @Test
  void await_allAccepted_returns() {
    replies.take(true);
    replies.take(true);
    assertThatCode(() -> replies.await(2)).doesNotThrowAnyException();
  }

  @Test
  void await_oneRefused_saysSo() {
    replies.take(true);
    replies.take(false);
    assertThatThrownBy(() -> replies.await(2))
        .isInstanceOf(BenchException.class)
        .hasMessage("1 messages were not accepted");
  }
}
