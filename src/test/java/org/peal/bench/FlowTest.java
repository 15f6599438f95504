package org.peal.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlowTest {

  /** Answers each order with the same words. */
  private static Worker saying(String answer) {
    return new Worker(
        "parrot", List.of("sh", "-c", "while read -r order; do echo '" + answer + "'; done"), "");
  }

  @Test
  void rateThrough_someDoNotArrive_tellsWhatTheForwarderSays() {
    try (Worker sender = saying("{}");
        Worker forwarder = saying("{\"status\":\"received 10, dropped 3\"}");
        Worker receiver = saying("{\"count\":7,\"nanos\":1}")) {
      assertThatThrownBy(() -> Flow.rateThrough(forwarder, sender, receiver, 10))
          .isInstanceOf(BenchException.class)
          .hasMessage("of 10 messages only 7 arrived; in between: received 10, dropped 3");
    }
  }
}
