package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peal.message.MessageId;

/** What handlers have in a store besides outcomes and the outbox; for each database. */
abstract class HandlerTablesSuite extends StoreSuite {

  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
  private static final String UUID = "-7a1ef2a6-9f0d-4f0c-9d1b-6f0f8b8f8b8f";

  HandlerTablesSuite(EmptyStore source) {
    super(source);
  }

  private static MessageKey key(String handler, String id, String hash, String signer) {
    return new MessageKey(
        handler, new MessageId(id), hash, Optional.of(signer).filter(s -> !s.isEmpty()));
  }

  @Test
  void journal_entry_isDueAtOnceUntilItIsPostponed() {
    MessageKey key = key("h", "2026" + UUID, "c", "bodhi");
    long id = write(t -> t.journal().add(key, "{}", 1, NOW));
    assertThat(due(NOW)).extracting(JournalEntry::id).containsExactly(id);
    update(
        t -> {
          t.journal().postpone(id, NOW.plusSeconds(5), "away", List.of("a", "b\nc"));
        });
    assertThat(due(NOW.plusSeconds(4))).isEmpty();
    assertThat(due(NOW.plusSeconds(5)))
        .singleElement()
        .isEqualTo(
            new JournalEntry(
                id, key, "{}", 1, NOW.plusSeconds(5), NOW, "away", List.of("a", "b c")));
    update(
        t -> {
          t.journal().handOver(id, NOW.plusSeconds(6));
        });
    assertThat(due(NOW.plusSeconds(6)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.attempts()).isEqualTo(2));
    update(
        t -> {
          t.journal().delete(id);
        });
    assertThat(store.<Long>read(s -> s.journal().size("h"))).isZero();
  }

  private List<JournalEntry> due(Instant now) {
    return store.read(s -> s.journal().due("h", now, 10));
  }

  @Test
  void journal_find_copiesOfEitherBusButNoOtherMessage() {
    MessageKey signed = key("h", "2026" + UUID, "c", "bodhi");
    long id = write(t -> t.journal().add(signed, "{}", 1, NOW));
    assertThat(find(key("h", UUID.substring(1), "c", "")))
        .hasValueSatisfying(entry -> assertThat(entry.id()).isEqualTo(id));
    assertThat(find(key("h", "2026" + UUID, "c", "stranger"))).isEmpty();
    assertThat(find(key("h", "2026" + UUID, "other", "bodhi"))).isEmpty();
    assertThat(find(key("other", "2026" + UUID, "c", "bodhi"))).isEmpty();
  }

  private Optional<JournalEntry> find(MessageKey key) {
    return store.read(s -> s.journal().find(key));
  }

  @Test
  void outcomes_copyOfABusWithoutSignatures_isTheSame() {
    HandledMessage done =
        new HandledMessage(
            key("h", "2026" + UUID, "c", "bodhi"), "done", "", List.of("tagged", "told"), NOW);
    write(t -> t.outcomes().record(done));
    MessageKey copy = key("h", UUID.substring(1), "c", "");
    assertThat(store.<Acquaintance>read(s -> s.outcomes().check(copy)))
        .isEqualTo(new Acquaintance.Same(done));
    assertThat(store.<List<HandledMessage>>read(s -> s.outcomes().find(copy.id())))
        .containsExactly(done);
    MessageKey own = key("h", "key:virt ready", MessageKey.NO_CONTENT, "");
    write(t -> t.outcomes().record(new HandledMessage(own, "done", "", List.of(), NOW)));
    assertThat(store.<List<OutcomeCount>>read(s -> s.outcomes().counts()))
        .containsExactly(new OutcomeCount("h", "done", 1, NOW));
    update(
        t -> {
          t.outcomes().forget(copy);
        });
    assertThat(store.<Long>read(s -> s.outcomes().count("h"))).isEqualTo(1);
  }

  @Test
  void outcomes_ofManyHandlers_areFoundByTheMessage() {
    MessageId id = key("h", "2026" + UUID, "c", "").id();
    assertThat(store.<List<HandledMessage>>read(s -> s.outcomes().find(id))).isEmpty();
    for (String handler : List.of("z", "a", "m")) {
      HandledMessage done =
          new HandledMessage(key(handler, "2026" + UUID, "c", ""), "done", handler, List.of(), NOW);
      write(t -> t.outcomes().record(done));
    }
    HandledMessage other =
        new HandledMessage(key("m", "another", "c", ""), "done", "", List.of(), NOW);
    write(t -> t.outcomes().record(other));
    assertThat(store.<List<HandledMessage>>read(s -> s.outcomes().find(id)))
        .extracting(HandledMessage::why)
        .containsExactly("a", "m", "z");
  }

  @Test
  void outcomes_lookedUpTogether_areAsOneByOne() {
    List<MessageKey> keys =
        IntStream.range(0, 150).mapToObj(i -> key("h", "2026" + uuid(i), "c", "bodhi")).toList();
    update(
        t -> {
          for (int i = 0; i < keys.size(); i += 3) {
            t.outcomes().addNew(new HandledMessage(keys.get(i), "done", "", List.of(), NOW));
          }
          MessageKey other = key("h", "2026" + uuid(1), "other", "bodhi");
          t.outcomes().addNew(new HandledMessage(other, "done", "", List.of(), NOW));
          MessageKey elsewhere = key("g", "2026" + uuid(2), "c", "bodhi");
          t.outcomes().addNew(new HandledMessage(elsewhere, "done", "", List.of(), NOW));
        });
    List<Acquaintance> together = store.read(s -> s.outcomes().check(keys));
    assertThat(together.subList(0, 3))
        .hasExactlyElementsOfTypes(
            Acquaintance.Same.class, Acquaintance.Conflict.class, Acquaintance.New.class);
    assertThat(together)
        .isEqualTo(
            keys.stream().map(k -> store.<Acquaintance>read(s -> s.outcomes().check(k))).toList());
    assertThat(store.<List<Acquaintance>>read(s -> s.outcomes().check(List.<MessageKey>of())))
        .isEmpty();
  }

  private static String uuid(int number) {
    return "-%08x-0000-4000-8000-000000000000".formatted(number);
  }

  @Test
  void outcomes_addedTwice_stayAsTheyWere() {
    MessageKey key = key("h", "2026" + UUID, "c", "bodhi");
    HandledMessage first = new HandledMessage(key, "done", "first", List.of(), NOW);
    HandledMessage second = new HandledMessage(key, "done", "second", List.of(), NOW);
    update(
        t -> {
          t.outcomes().add(first);
          t.outcomes().add(second);
        });
    assertThat(store.<List<HandledMessage>>read(s -> s.outcomes().list("h", 0, 9)))
        .containsExactly(first);
  }

  @Test
  void deadLetters_numbers_areNotUsedAgain() {
    MessageKey key = key("h", "2026" + UUID, "c", "");
    DeadLetter letter =
        new DeadLetter(0, key, DeadLetter.Kind.REVIEW, "{}", 3, "too old", List.of("x"), NOW);
    update(
        t -> {
          t.deadLetters().add(letter);
        });
    DeadLetter kept = store.<List<DeadLetter>>read(s -> s.deadLetters().next(0, 9)).get(0);
    assertThat(kept)
        .isEqualTo(
            new DeadLetter(
                kept.id(), key, DeadLetter.Kind.REVIEW, "{}", 3, "too old", List.of("x"), NOW));
    assertThat(this.<Boolean>write(t -> t.deadLetters().delete(kept.id()))).isTrue();
    assertThat(this.<Boolean>write(t -> t.deadLetters().delete(kept.id()))).isFalse();
    update(
        t -> {
          t.deadLetters().add(letter);
        });
    assertThat(store.<List<DeadLetter>>read(s -> s.deadLetters().next(kept.id(), 9))).hasSize(1);
    assertThat(store.<Long>read(s -> s.deadLetters().size("h"))).isEqualTo(1);
  }

  @Test
  void memory_keysOfAHandler_areItsOwn() {
    update(
        t -> {
          t.memory().put("h", "a.1", "x");
          t.memory().put("h", "a.1", "y");
          t.memory().put("h", "a.2", "z");
          t.memory().put("h", "b", "z");
          t.memory().put("other", "a.3", "z");
          t.memory().remove("h", "a.2");
        });
    assertThat(store.<Optional<String>>read(s -> s.memory().get("h", "a.1"))).contains("y");
    assertThat(store.<Optional<String>>read(s -> s.memory().get("h", "a.2"))).isEmpty();
    assertThat(store.<Map<String, String>>read(s -> s.memory().all("h", "a.")))
        .containsOnlyKeys("a.1");
  }
}
