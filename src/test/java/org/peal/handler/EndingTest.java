package org.peal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class EndingTest {

  private final Ending ending = new Ending("h");

  @Test
  void because_commitThatFailed_isWhatTheStoreSays() {
    Throwable cause = new IllegalStateException("the disk is full");
    ending.because(new CompletionException(cause));
    assertThat(ending.why()).isSameAs(cause);
  }

  @Test
  void because_again_keepsTheFirst() {
    Throwable first = new IllegalStateException("first");
    ending.because(first);
    ending.because(new IllegalStateException("second"));
    assertThat(ending.why()).isSameAs(first);
  }

  @Test
  void guard_workThatIsInterrupted_endsWithoutAFault() {
    ending.guard(
        () -> {
          throw new InterruptedException();
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ending.why()).isNull();
  }

  @Test
  void guard_workThatThrows_isWhy() {
    Error fault = new AssertionError("a fault");
    ending.guard(
        () -> {
          throw fault;
        });
    assertThat(ending.why()).isSameAs(fault);
  }
}
