package org.peal.handler;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.bus.Bus;
import org.peal.bus.Origin;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.store.Acquaintance;
import org.peal.store.Database;
import org.peal.store.DeadLetter;
import org.peal.store.JournalEntry;
import org.peal.store.MessageKey;
import org.peal.store.StoreConfig;

class HandlerRequestsTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-05-04T03:02:01Z"));

  @TempDir Path folder;
  private Path file;
  private Database database;
  private HandlerRequests requests;

  @BeforeEach
  void open() {
    file = folder.resolve("t.db");
    database = Database.openWithoutLog(file, StoreConfig.defaults(), CLOCK);
    requests = new HandlerRequests(file, database, CLOCK);
    requests.start();
  }

  @AfterEach
  void close() {
    requests.close();
    database.close();
  }

  private static Message message() {
    return new Message(
        Bus.ZMQ,
        new MessageId("2026-1"),
        new Topic("a.b"),
        JsonNodeFactory.instance.objectNode().put("n", 1),
        JsonNodeFactory.instance.objectNode().put("k", "v"),
        Severity.WARNING,
        Optional.of(CLOCK.instant()),
        Optional.empty(),
        new Origin("x", "y"));
  }

  private static MessageKey key() {
    return MessageKeys.of("h", message(), Optional.empty()).message();
  }

  private long deadLetter() {
    String text = MessageJson.write(message());
    DeadMessage dead = new DeadMessage(DeadLetter.Kind.FAILED, text, 3, "away");
    database
        .write(
            t -> {
              dead.write(t, key(), List.of(), CLOCK.instant());
              return true;
            })
        .join();
    return deadLetters().get(0).id();
  }

  private List<DeadLetter> deadLetters() {
    return database.read(s -> s.deadLetters().next(0, 9));
  }

  private void ask(HandlerRequest request) throws Exception {
    Path left = HandlerRequests.ask(file, request, CLOCK);
    await().until(() -> !Files.exists(left));
  }

  @Test
  void retry_deadLetter_waitsInTheJournalWithoutAnOutcome() throws Exception {
    ask(new HandlerRequest.Retry(deadLetter()));
    assertThat(deadLetters()).isEmpty();
    assertThat(database.<List<JournalEntry>>read(s -> s.journal().due("h", CLOCK.instant(), 9)))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.attempts()).isZero();
              assertThat(MessageJson.read(entry.message())).isEqualTo(message());
            });
    assertThat(outcome()).isInstanceOf(Acquaintance.New.class);
  }

  private Acquaintance outcome() {
    return database.<Acquaintance>read(s -> s.outcomes().check(key()));
  }

  @Test
  void drop_deadLetter_isGoneButItsOutcomeStays() throws Exception {
    ask(new HandlerRequest.Drop(deadLetter()));
    assertThat(deadLetters()).isEmpty();
    assertThat(outcome()).isInstanceOf(Acquaintance.Same.class);
  }

  @Test
  void handle_messageWithOutcome_waitsInTheJournalOnce() throws Exception {
    deadLetter();
    ask(new HandlerRequest.Handle("h", message()));
    ask(new HandlerRequest.Handle("h", message()));
    assertThat(outcome()).isInstanceOf(Acquaintance.New.class);
    assertThat(database.<Long>read(s -> s.journal().size("h"))).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void look_fileThatIsNoRequest_isPutAside(String text) throws Exception {
    Path folderOfRequests = Files.createDirectories(folder.resolve("t.db.requests"));
    Path written = Files.writeString(folder.resolve("bad"), text);
    Path bad = folderOfRequests.resolve("1.json");
    Files.move(written, bad, StandardCopyOption.ATOMIC_MOVE);
    await().until(() -> !Files.exists(bad));
    assertThat(folderOfRequests.resolve("1.json.bad")).exists();
    ask(new HandlerRequest.Drop(deadLetter()));
  }

  static List<String> bad() {
    String handle = new String(new HandlerRequest.Handle("h", message()).toJson(), US_ASCII);
    return List.of(
        "{\"do\":\"dance\"}",
        handle.replace("2026-05-04T", "yesterday "),
        handle.replace("\"handler\":\"h\"", "\"handler\":\"\""));
  }
}
