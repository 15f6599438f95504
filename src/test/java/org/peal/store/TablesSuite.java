package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;

/** What the tables keep, written by one transaction and read by another; for each database. */
abstract class TablesSuite extends StoreSuite {

  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final String UUID = "-11111111-2222-4333-8444-555555555555";

  TablesSuite(EmptyStore source) {
    super(source);
  }

  private static Cursor cursor(String name, String stream, long sequenceId) {
    return new Cursor(
        name,
        stream,
        "pub.host",
        Optional.of("0123"),
        sequenceId,
        Optional.of(new MessageId("2026" + UUID)),
        NOW);
  }

  @Test
  void cursors_put_replacesTheOneOfTheSameNameAndStream() {
    Cursor bare = new Cursor("tail", "s2", "", Optional.empty(), 0, Optional.empty(), NOW);
    update(
        t -> {
          t.cursors().put(cursor("tail", "s1", 5));
          t.cursors().put(cursor("other", "s1", 7));
          t.cursors().put(bare);
          t.cursors().put(cursor("tail", "s1", 6));
        });
    assertThat(store.<Optional<Cursor>>read(s -> s.cursors().find("tail", "s1")))
        .contains(cursor("tail", "s1", 6));
    assertThat(store.<List<Cursor>>read(s -> s.cursors().list("tail")))
        .containsExactly(cursor("tail", "s1", 6), bare);
    assertThat(store.<List<Cursor>>read(s -> s.cursors().list()))
        .containsExactly(cursor("other", "s1", 7), cursor("tail", "s1", 6), bare);
    assertThat(this.<Boolean>write(t -> t.cursors().delete("tail", "s1"))).isTrue();
    assertThat(this.<Boolean>write(t -> t.cursors().delete("tail", "s1"))).isFalse();
    assertThat(store.<Optional<Cursor>>read(s -> s.cursors().find("tail", "s1"))).isEmpty();
  }

  private static HandledMessage handled(String year, String hash, String signer, String outcome) {
    return new HandledMessage(
        key("tagger", year + UUID, hash, signer), outcome, "why", List.of("one", "two"), NOW);
  }

  private static MessageKey key(String handler, String id, String hash, String signer) {
    return new MessageKey(
        handler, new MessageId(id), hash, Optional.of(signer).filter(s -> !s.isEmpty()));
  }

  @Test
  void outcomes_sameMessageOfAnotherYear_isSameAndKeepsTheFirstOutcome() {
    HandledMessage first = handled("2025", "h1", "bodhi", "done");
    assertThat(this.<Acquaintance>write(t -> t.outcomes().record(first)))
        .isEqualTo(new Acquaintance.New());
    assertThat(
            this.<Acquaintance>write(
                t -> t.outcomes().record(handled("2026", "h1", "bodhi", "dropped"))))
        .isEqualTo(new Acquaintance.Same(first));
    assertThat(store.<Long>read(s -> s.outcomes().count("tagger"))).isEqualTo(1);
  }

  @Test
  void outcomes_otherContentOrSigner_isConflictOnceAndThenKnown() {
    HandledMessage first = handled("2026", "h1", "bodhi", "done");
    HandledMessage content = handled("2026", "h2", "bodhi", "done");
    HandledMessage signer = handled("2026", "h1", "stranger", "ignored");
    write(t -> t.outcomes().record(first));
    assertThat(this.<Acquaintance>write(t -> t.outcomes().record(content)))
        .isEqualTo(new Acquaintance.Conflict(first));
    assertThat(this.<Acquaintance>write(t -> t.outcomes().record(signer)))
        .isInstanceOf(Acquaintance.Conflict.class);
    assertThat(store.<Acquaintance>read(s -> s.outcomes().check(signer.key())))
        .isEqualTo(new Acquaintance.Same(signer));
    assertThat(
            store.<Acquaintance>read(
                s -> s.outcomes().check(key("rebuilder", "2026" + UUID, "h1", "bodhi"))))
        .isEqualTo(new Acquaintance.New());
  }

  @Test
  void outcomes_keysWithTheSameEnds_areTwo() {
    HandledMessage first =
        new HandledMessage(
            key("h", "abcdef00-0000-0000-0000-00000001wxyz", "c", ""), "done", "", List.of(), NOW);
    MessageKey second = key("h", "abcdef00-0000-0000-0000-00000002wxyz", "c", "");
    MessageKey little = key("h", "é", "c", "");
    write(t -> t.outcomes().record(first));
    write(t -> t.outcomes().record(new HandledMessage(little, "done", "", List.of(), NOW)));
    assertThat(store.<Acquaintance>read(s -> s.outcomes().check(second)))
        .isEqualTo(new Acquaintance.New());
    assertThat(store.<Acquaintance>read(s -> s.outcomes().check(little)))
        .isInstanceOf(Acquaintance.Same.class);
    update(t -> t.outcomes().forget(second));
    assertThat(store.<Acquaintance>read(s -> s.outcomes().check(first.key())))
        .isEqualTo(new Acquaintance.Same(first));
    assertThat(store.<List<HandledMessage>>read(s -> s.outcomes().find(little.id()))).hasSize(1);
  }

  @Test
  void outcomes_purge_forgetsTheOldestUpToTheLimit() {
    for (int i = 0; i < 5; i++) {
      HandledMessage old =
          new HandledMessage(
              key("h", "id" + i, "c", ""), "done", "", List.of(), NOW.plusSeconds(i));
      write(t -> t.outcomes().record(old));
    }
    Instant before = NOW.plusSeconds(3);
    assertThat(this.<Integer>write(t -> t.outcomes().purge(before, 2))).isEqualTo(2);
    assertThat(this.<Integer>write(t -> t.outcomes().purge(before, 2))).isEqualTo(1);
    assertThat(this.<Integer>write(t -> t.outcomes().purge(before, 2))).isZero();
    assertThat(store.<Long>read(s -> s.outcomes().count("h"))).isEqualTo(2);
  }

  private static OutboxMessage waiting(String id) {
    return new OutboxMessage(
        new MessageId(id),
        new Topic("org.example.dev.a.b"),
        "{\"a\":\"é\"}",
        "{}",
        Severity.WARNING,
        Optional.of("shell"),
        Optional.empty(),
        NOW,
        Optional.of("tagger"),
        "zmq");
  }

  @Test
  void outbox_rows_comeInOrderAndNumbersAreNotUsedAgain() {
    update(
        t -> {
          assertThat(t.outbox().add(waiting("b"))).isTrue();
          assertThat(t.outbox().add(waiting("a"))).isTrue();
          assertThat(t.outbox().add(waiting("b"))).isFalse();
        });
    List<OutboxRow> rows = store.read(s -> s.outbox().first("zmq", 10));
    assertThat(rows).extracting(OutboxRow::message).containsExactly(waiting("b"), waiting("a"));
    long last = rows.get(1).row();
    assertThat(store.<List<OutboxRow>>read(s -> s.outbox().next("zmq", rows.get(0).row(), 10)))
        .containsExactly(rows.get(1));
    assertThat(this.<Boolean>write(t -> t.outbox().delete(last))).isTrue();
    assertThat(this.<Boolean>write(t -> t.outbox().delete(last))).isFalse();
    write(t -> t.outbox().add(waiting("c")));
    assertThat(store.<Long>read(s -> s.outbox().size("zmq"))).isEqualTo(2);
    assertThat(store.<List<OutboxRow>>read(s -> s.outbox().next("zmq", last, 1)))
        .singleElement()
        .satisfies(row -> assertThat(row.row()).isGreaterThan(last));
  }

  @Test
  void outbox_place_tellsTheRowOfWhatIsNewOnly() {
    update(
        t -> {
          assertThat(t.outbox().place(waiting("a"))).isPresent();
          assertThat(t.outbox().place(waiting("b"))).contains(t.outbox().last("zmq"));
          assertThat(t.outbox().place(waiting("a"))).isEmpty();
        });
  }

  @Test
  void outbox_rowsOfTheOtherBus_areApart() {
    write(t -> t.outbox().add(waiting("zmq-1")));
    OutboxMessage other = waiting("amqp-1");
    write(
        t ->
            t.outbox()
                .add(
                    new OutboxMessage(
                        other.id(),
                        other.topic(),
                        other.body(),
                        other.headers(),
                        other.severity(),
                        other.certPrefix(),
                        other.username(),
                        other.created(),
                        other.handler(),
                        "amqp")));
    assertThat(store.<List<OutboxRow>>read(s -> s.outbox().first("amqp", 10)))
        .singleElement()
        .satisfies(row -> assertThat(row.message().id()).isEqualTo(other.id()));
    assertThat(store.<Long>read(s -> s.outbox().size("zmq"))).isEqualTo(1);
  }

  @Test
  void subscribers_announce_keepsTheLongest() {
    write(
        t -> {
          t.subscribers().start("tail", NOW);
          t.subscribers().announce("tail", Duration.ofDays(40));
          t.subscribers().announce("tail", Duration.ofDays(30));
          t.subscribers().announce("nobody", Duration.ofDays(50));
          return null;
        });
    assertThat(store.<Duration>read(s -> s.subscribers().announced("tail")))
        .isEqualTo(Duration.ofDays(40));
    assertThat(store.<Duration>read(s -> s.subscribers().announced("nobody")))
        .isEqualTo(Duration.ZERO);
  }

  private static OpenGap gap(String name, String stream, long first, long last) {
    return new OpenGap(name, stream, "pub", first, last, "its log did not answer", NOW);
  }

  private List<OpenGap> gaps(String name) {
    return store.read(s -> s.openGaps().list(name));
  }

  @Test
  void openGaps_close_takesOutWhatCame() {
    write(
        t -> {
          t.openGaps().add(gap("tail", "s1", 5, 9));
          t.openGaps().add(gap("tail", "s1", 20, 22));
          t.openGaps().add(gap("tail", "s2", 5, 9));
          t.openGaps().add(gap("other", "s1", 5, 9));
          t.openGaps().close("tail", "s1", 7, 7);
          return null;
        });
    assertThat(gaps("tail"))
        .containsExactly(
            gap("tail", "s1", 5, 6),
            gap("tail", "s1", 8, 9),
            gap("tail", "s1", 20, 22),
            gap("tail", "s2", 5, 9));
    write(
        t -> {
          t.openGaps().close("tail", "s1", 6, 21);
          t.openGaps().forget("tail", "s2");
          return null;
        });
    assertThat(gaps("tail")).containsExactly(gap("tail", "s1", 5, 5), gap("tail", "s1", 22, 22));
    assertThat(store.<List<OpenGap>>read(s -> s.openGaps().list())).hasSize(3);
  }

  @Test
  void losses_add_keepsEachRangeOnce() {
    Loss loss = new Loss("s1", "pub", 5, 9, "the publisher has deleted them", NOW);
    Loss later = new Loss("s1", "pub", 12, 12, "no answer", NOW.plusSeconds(1));
    assertThat(this.<Boolean>write(t -> t.losses().add(loss))).isTrue();
    assertThat(this.<Boolean>write(t -> t.losses().add(loss))).isFalse();
    write(t -> t.losses().add(later));
    assertThat(store.<List<Loss>>read(s -> s.losses().list("s1"))).containsExactly(loss, later);
    assertThat(store.<List<Loss>>read(s -> s.losses().latest(1))).containsExactly(later);
    assertThat(this.<Integer>write(t -> t.losses().purge(NOW.plusSeconds(1), 9))).isEqualTo(1);
    assertThat(store.<List<Loss>>read(s -> s.losses().latest(9))).containsExactly(later);
  }
}
