package org.peal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerTest {

  /** It says what it is told, so each order is its own answer. */
  private static Worker echo() {
    return new Worker("echo", List.of("cat"), "");
  }

  @Test
  void shouldHandAnswersBackOneByOne() {
    try (Worker worker = echo()) {
      assertThat(worker.ask(Lab.order("one")).path("do").textValue()).isEqualTo("one");
      assertThat(worker.ask(Lab.order("two", 2)).path("count").intValue()).isEqualTo(2);
    }
  }

  @Test
  void shouldNameTheRoleThatDoesNotAnswer() {
    Worker mute = new Worker("mute", List.of("sleep", "600"), "");
    try {
      assertThatThrownBy(() -> mute.answer(Duration.ofMillis(5)))
          .isInstanceOf(BenchException.class)
          .hasMessage("the mute has not answered in 0 s");
    } finally {
      mute.kill();
    }
  }

  @Test
  void shouldNameTheRoleThatHasEnded() {
    try (Worker gone = new Worker("gone", List.of("false"), "")) {
      assertThatThrownBy(gone::awaitReady).hasMessage("the gone has ended with 1");
    }
  }

  @Test
  void shouldSayWhatARoleComplainsOf() {
    try (Worker worker = echo()) {
      assertThatThrownBy(() -> worker.ask(Lab.terms().put("error", "no water")))
          .hasMessage("the echo says: no water");
    }
  }
}
