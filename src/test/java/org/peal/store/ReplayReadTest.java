package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of query gives, compared with picking messages from a list. */
class ReplayReadTest {

  private static final int MESSAGES = 400;
  private static final Page.Limit ALL = new Page.Limit(MESSAGES, 1 << 30);

  @TempDir static Path folder;
  private static Database database;
  private static MessageStore log;
  private static List<StoredMessage> messages;

  /** Times mostly rise, but the clock is set back now and then. */
  @BeforeAll
  static void fill() {
    Random random = new Random(42);
    long seconds = 1_700_000_000L;
    messages = new ArrayList<>();
    for (long sequenceId = 1; sequenceId <= MESSAGES; sequenceId++) {
      seconds += random.nextInt(40) == 0 ? -random.nextInt(60) : random.nextInt(3);
      messages.add(StoredMessages.at(sequenceId, seconds));
    }
    database =
        Database.open(folder.resolve("s.db"), StoreConfig.defaults(), StoredMessages.CLOCK, random);
    database
        .write(
            transaction -> {
              transaction.append(messages);
              return true;
            })
        .join();
    log = database.log();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static List<Long> read(ReplayQuery query, Page.Limit limit) {
    List<Long> found = new ArrayList<>();
    long after = 0;
    for (int pages = 0; pages <= MESSAGES; pages++) {
      Page page = log.read(query, after, limit);
      page.messages().forEach(m -> found.add(m.sequenceId()));
      if (page.complete()) {
        return found;
      }
      assertThat(page.messages()).as("a page that is not the last").isNotEmpty();
      assertThat(page.messages().size()).isLessThanOrEqualTo(limit.messages());
      after = found.get(found.size() - 1);
    }
    throw new AssertionError("more pages than messages: " + query);
  }

  private static boolean matches(ReplayQuery query, StoredMessage message) {
    if (query instanceof ReplayQuery.Ids q) {
      return q.ids().contains(message.sequenceId());
    } else if (query instanceof ReplayQuery.Range q) {
      return q.first() <= message.sequenceId() && message.sequenceId() <= q.last();
    } else if (query instanceof ReplayQuery.MessageIds q) {
      return q.ids().contains(message.id().value());
    } else if (query instanceof ReplayQuery.Time q) {
      return q.from() <= message.seconds() && message.seconds() <= q.until();
    } else if (query instanceof ReplayQuery.AnyOf q) {
      return q.queries().stream().anyMatch(part -> matches(part, message));
    }
    return query instanceof ReplayQuery.Everything;
  }

  private static ReplayQuery random(Random random, int depth) {
    long a = random.nextInt(MESSAGES + 40) - 20L;
    long b = a + random.nextInt(80) - 5;
    return switch (random.nextInt(depth > 0 ? 6 : 5)) {
      case 0 -> new ReplayQuery.Ids(LongStream.of(b, a, 3, a, a + 1, 3).boxed().toList());
      case 1 -> new ReplayQuery.Range(a, b);
      case 2 ->
          new ReplayQuery.MessageIds(
              LongStream.of(b, a, a, 9)
                  .mapToObj(id -> StoredMessages.id(Math.abs(id)).value())
                  .toList());
      case 3 -> new ReplayQuery.Time(1_700_000_000L + a - 0.5, 1_700_000_000L + b + 0.25);
      case 4 -> new ReplayQuery.Everything();
      default ->
          new ReplayQuery.AnyOf(
              List.of(random(random, depth - 1), random(random, 0), random(random, depth - 1)));
    };
  }

  @Test
  void read_anyQueryInPagesOfAnySize_givesWhatMatchesInOrderOnce() {
    long seed = System.nanoTime();
    System.out.println("seed of random queries: " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      ReplayQuery query = random(random, 2);
      Page.Limit limit =
          new Page.Limit(
              1 + random.nextInt(random.nextBoolean() ? 12 : MESSAGES), 1 + random.nextInt(9000));
      List<Long> expected =
          messages.stream().filter(m -> matches(query, m)).map(StoredMessage::sequenceId).toList();
      assertThat(read(query, limit))
          .as("seed %d: %s in %s", seed, query, limit)
          .isEqualTo(expected);
    }
  }

  @Test
  void read_timeWithFractions_includesBothEnds() {
    long at = messages.get(10).seconds();
    assertThat(read(new ReplayQuery.Time(at, at), ALL)).contains(11L);
    assertThat(read(new ReplayQuery.Time(at + 0.1, at + 0.9), ALL)).isEmpty();
    assertThat(read(new ReplayQuery.Time(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), ALL))
        .hasSize(MESSAGES);
    assertThat(read(new ReplayQuery.Time(Double.NaN, at), ALL)).isEmpty();
  }

  @Test
  void read_firstMessageLargerThanThePage_isGivenAlone() {
    Page page = log.read(new ReplayQuery.Range(5, 9), 0, new Page.Limit(10, 1));
    assertThat(page.messages()).extracting(StoredMessage::sequenceId).containsExactly(5L);
    assertThat(page.complete()).isFalse();
  }

  @Test
  void read_endsOfNumbers_giveNothingOrAll() {
    assertThat(read(new ReplayQuery.Range(Long.MIN_VALUE, Long.MAX_VALUE), ALL)).hasSize(MESSAGES);
    assertThat(log.read(new ReplayQuery.Everything(), Long.MAX_VALUE, ALL))
        .isEqualTo(new Page(List.of(), true));
    assertThat(log.read(new ReplayQuery.AnyOf(List.of()), 0, ALL))
        .isEqualTo(new Page(List.of(), true));
  }

  @Test
  void find_messageId_givesTheMessage() {
    assertThat(log.find(StoredMessages.id(17)).orElseThrow().sequenceId()).isEqualTo(17);
    assertThat(log.find(StoredMessages.id(MESSAGES + 1))).isEmpty();
  }
}
