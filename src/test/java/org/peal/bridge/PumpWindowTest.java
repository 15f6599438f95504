package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.bus.amqp.EncodedMessage;
import org.peal.message.MessageId;

/** What is under way to the broker, and when it is struck from the journal. */
class PumpWindowTest {

  private final PumpWindow window = new PumpWindow(3);

  private PumpWindow.Slot add(long row, int bytes) {
    EncodedMessage message =
        EncodedMessage.of(
            "t",
            new MessageId("id-" + row),
            BridgeVectors.headers(),
            Optional.empty(),
            new byte[bytes]);
    return window.add(new Journal.Entry(row, message, Instant.EPOCH));
  }

  private PumpWindow.Slot add(long row) {
    return add(row, 2);
  }

  private List<Journal.Range> struck() {
    List<Journal.Range> ranges = window.strike().map(PumpWindow.Strike::ranges).orElse(List.of());
    return ranges;
  }

  @Test
  void hasRoom_untilTheStrikeIsCommitted_countsWhatIsConfirmed() {
    List<PumpWindow.Slot> slots = List.of(add(1), add(2), add(3));
    assertThat(window.hasRoom()).isFalse();

    slots.forEach(slot -> window.settle(slot, true));

    assertThat(window.hasRoom()).isFalse();
    assertThat(struck()).containsExactly(new Journal.Range(1, 3));
    assertThat(window.hasRoom()).isFalse();
    window.struck();
    assertThat(window.hasRoom()).isTrue();
    assertThat(window.isEmpty()).isTrue();
  }

  @Test
  void hasRoom_manyBytes_countsThemButLetsOneLargeMessagePass() {
    PumpWindow.Slot large = add(1, 17 << 20);
    assertThat(window.hasRoom()).isFalse();

    window.settle(large, true);
    assertThat(struck()).hasSize(1);
    window.struck();

    assertThat(window.hasRoom()).isTrue();
  }

  @Test
  void strike_answersOutOfOrder_takesTheHeadOnly() {
    PumpWindow.Slot first = add(5);
    PumpWindow.Slot second = add(7);
    window.settle(second, true);
    assertThat(struck()).isEmpty();

    window.settle(first, true);

    assertThat(struck()).containsExactly(new Journal.Range(5, 7));
    assertThat(struck()).as("while one is under way").isEmpty();
  }

  @Test
  void strike_afterAFailure_waitsForAllAndLeavesWhatFailed() {
    PumpWindow.Slot first = add(1);
    PumpWindow.Slot second = add(2);
    PumpWindow.Slot third = add(3);
    window.settle(second, false);
    window.settle(first, true);
    assertThat(window.hasRoom()).as("nothing may pass what failed").isFalse();
    assertThat(struck()).isEmpty();

    window.settle(third, true);

    assertThat(struck()).containsExactly(new Journal.Range(1, 1), new Journal.Range(3, 3));
    assertThat(window.isToBeginAnew()).isFalse();
    window.struck();
    assertThat(window.isToBeginAnew()).isTrue();
    assertThat(window.isToBeginAnew()).as("only once").isFalse();
    assertThat(window.hasRoom()).isTrue();
  }

  @Test
  void strike_allFailed_beginsAnewWithoutOne() {
    window.settle(add(1), false);

    assertThat(struck()).isEmpty();
    window.struck();
    assertThat(window.isToBeginAnew()).isTrue();
  }

  @Test
  void notStruck_givesTheSameStrikeOutAgain() {
    window.settle(add(4), true);
    assertThat(struck()).containsExactly(new Journal.Range(4, 4));

    window.notStruck();

    assertThat(struck()).containsExactly(new Journal.Range(4, 4));
    assertThat(struck()).isEmpty();
  }

  @Test
  void failures_areJudgedInTheirOrder() {
    PumpWindow.Slot first = add(1);
    PumpWindow.Slot second = add(2);
    window.failed(first, new IllegalStateException("a"));
    assertThat(window.hasRoom()).as("what comes next may not pass it").isFalse();
    window.failed(second, new IllegalStateException("b"));

    assertThat(window.failure().orElseThrow().entry().row()).isEqualTo(1);
    assertThat(window.failure().orElseThrow().cause()).hasMessage("b");
    assertThat(window.failure()).isEmpty();
  }
}
