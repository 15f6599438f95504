package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.bus.amqp.EncodedMessage;
import org.peal.message.MessageId;

/** What of the journal need not be read from the disk. */
class FreshEntriesTest {

  private final FreshEntries fresh = new FreshEntries();

  private static Journal.Entry entry(long row) {
    return new Journal.Entry(
        row,
        EncodedMessage.of(
            "t",
            new MessageId("id-" + row),
            BridgeVectors.headers(),
            Optional.empty(),
            new byte[] {'{', '}'}),
        Instant.EPOCH);
  }

  @Test
  void next_givesWhatFollowsARowAndNothingBehindAHole() {
    fresh.add(entry(3), 0);
    fresh.add(entry(4), 3);
    fresh.add(entry(8), 6);

    assertThat(fresh.next(0)).isNotNull().extracting(Journal.Entry::row).isEqualTo(3L);
    assertThat(fresh.next(3)).isNotNull().extracting(Journal.Entry::row).isEqualTo(4L);
    assertThat(fresh.next(4)).as("5 and 6 are on the disk only").isNull();
    assertThat(fresh.next(6)).isNotNull().extracting(Journal.Entry::row).isEqualTo(8L);
  }

  @Test
  void next_passesOverWhatWasReadAlready() {
    fresh.add(entry(1), 0);
    fresh.add(entry(2), 1);
    fresh.add(entry(3), 2);

    assertThat(fresh.next(2)).isNotNull().extracting(Journal.Entry::row).isEqualTo(3L);
    assertThat(fresh.next(2)).isNull();
  }

  @Test
  void add_beyondTheBound_leavesTheRestToTheDisk() {
    for (long row = 1; row <= 5000; row++) {
      fresh.add(entry(row), row - 1);
    }
    long last = 0;
    for (Journal.Entry next = fresh.next(0); next != null; next = fresh.next(last)) {
      last = next.row();
    }
    assertThat(last).isBetween(1L, 4999L);

    fresh.add(entry(5001), 5000);
    assertThat(fresh.next(last)).isNull();
    assertThat(fresh.next(5000)).isNotNull();
  }

  @Test
  void clear_forgetsAll() {
    fresh.add(entry(1), 0);
    fresh.clear();
    assertThat(fresh.next(0)).isNull();
  }
}
