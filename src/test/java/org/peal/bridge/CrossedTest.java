package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.store.Acquaintance;
import org.peal.store.Database;
import org.peal.store.HandledMessage;
import org.peal.store.StoreConfig;

/** What is known of many messages at once. */
class CrossedTest {

  private static final InstantSource CLOCK = InstantSource.system();

  /** More than one statement of the store looks for. */
  private static final int MANY = 200;

  @TempDir Path folder;
  private Database database;
  private Crossed crossed;

  @BeforeEach
  void open() {
    database = Database.openWithoutLog(folder.resolve("t.db"), StoreConfig.defaults(), CLOCK);
    crossed = new Crossed(database, CLOCK);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private HandledMessage message(Direction direction, int number, int body) {
    return crossed.record(
        direction,
        "2026-00000000-0000-4000-8000-%012d".formatted(number),
        Crossings.TOPIC,
        Crossings.numbered(body).body());
  }

  private void store(HandledMessage message) {
    database.write(transaction -> transaction.outcomes().add(message)).join();
  }

  @Test
  void check_many_tellsOfEachInOrderWhateverWayItCrossed() {
    List<HandledMessage> asked = new ArrayList<>();
    List<Class<?>> expected = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      asked.add(message(Direction.TO_AMQP, i, i));
      expected.add(
          switch (i % 5) {
            case 1, 2, 3 -> Acquaintance.Same.class;
            case 4 -> Acquaintance.Conflict.class;
            default -> Acquaintance.New.class;
          });
      if (i % 5 == 1) {
        store(message(Direction.TO_AMQP, i, i));
      } else if (i % 5 == 2) {
        store(message(Direction.TO_ZMQ, i, i));
      } else if (i % 5 == 3) {
        // The other content crossed one way, this one the other way.
        store(message(Direction.TO_AMQP, i, i + MANY));
        store(message(Direction.TO_ZMQ, i, i));
      } else if (i % 5 == 4) {
        store(message(Direction.TO_ZMQ, i, i + MANY));
      }
    }

    List<Acquaintance> found = crossed.check(asked);

    assertThat(found.stream().<Class<?>>map(Object::getClass).toList()).isEqualTo(expected);
    assertThat(asked.stream().<Class<?>>map(one -> crossed.check(one).getClass()).toList())
        .isEqualTo(expected);
  }

  @Test
  void check_none_isNone() {
    assertThat(crossed.check(List.of())).isEmpty();
  }
}
