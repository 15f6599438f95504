package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peal.ExitCode;
import org.peal.bus.Delivery;
import org.peal.store.ReplayQuery;
import org.peal.stream.LogState;
import org.peal.stream.ReplayPage;
import org.peal.stream.Replayed;

/** Shows the pages of one replay, and keeps account of what is missing. For one thread. */
final class ReplayShow {

  private static final long PROGRESS_NANOS = Duration.ofMillis(200).toNanos();
  private static final int MOST_NAMED = 100;

  private final ReplayCommand command;
  private final ReplayQuery query;
  private final MessagePrinter printer;
  private final Output out;
  private final List<ReplayQuery.Range> gone = new ArrayList<>();
  private final Set<String> unseen = new LinkedHashSet<>();
  private Optional<LogState> log = Optional.empty();
  private long received;
  private long refused;
  private long drawnAt;
  private boolean isDrawn;

  ReplayShow(ReplayCommand command, Setup setup, ReplayQuery query) {
    this.command = command;
    this.query = query;
    this.printer = command.show.printer(command.io, () -> setup.config().sentences().load());
    this.out = new Output(command.io.out());
    if (query instanceof ReplayQuery.MessageIds ids) {
      unseen.addAll(ids.ids());
    }
  }

  /** Shows the messages of a page in the order of the log. */
  void page(ReplayPage page) {
    gone.addAll(page.gone());
    log = page.log().or(() -> log);
    clear();
    Stream.concat(page.messages().stream().map(Replayed::delivery), page.refused().stream())
        .sorted((a, b) -> Long.compare(place(a), place(b)))
        .forEach(this::message);
    out.flush();
    draw(page);
  }

  private static long place(Delivery delivery) {
    return delivery.tree().map(tree -> tree.path("seq_id").asLong()).orElse(0L);
  }

  private void message(Delivery delivery) {
    received++;
    refused += delivery.isInvalid() ? 1 : 0;
    String topic = text(delivery, "topic");
    unseen.remove(text(delivery, "msg_id"));
    boolean isMeant =
        command.topics.isEmpty() || command.topics.stream().anyMatch(topic::startsWith);
    if (isMeant && command.show.wants(delivery, this::say)) {
      printer.print(delivery, out);
    }
  }

  private static String text(Delivery delivery, String member) {
    return delivery.tree().map(tree -> tree.path(member)).map(JsonNode::asText).orElse("");
  }

  private void say(String text) {
    clear();
    command.say(text);
  }

  /** Draws the progress on a terminal. */
  private void draw(ReplayPage page) {
    long now = System.nanoTime();
    if (!command.io.terminals().err() || page.complete() || now - drawnAt < PROGRESS_NANOS) {
      return;
    }
    drawnAt = now;
    isDrawn = true;
    String of = log.map(state -> " of " + state.last()).orElse("");
    command.io.err().print("\r" + received + " messages, at " + page.until() + of + "\u001b[K");
    command.io.err().flush();
  }

  private void clear() {
    if (isDrawn) {
      isDrawn = false;
      command.io.err().print("\r\u001b[K");
      command.io.err().flush();
    }
  }

  /** Leaves the terminal clean, because something else is about to be said. */
  void pause() {
    out.flush();
    clear();
  }

  /** Tells what is missing, and returns how the command ends. */
  ExitCode end() {
    pause();
    // All of them are to be told, whatever the first one says.
    List<Boolean> missing = List.of(tellGone(), tellNotYet(), tellUnseen(), tellOlder());
    if (missing.contains(true)) {
      return ExitCode.NEGATIVE;
    }
    boolean isDropped = refused > 0 && command.show.invalid == ShowOptions.Invalid.drop;
    if (isDropped) {
      command.say(refused + " messages failed verification and are not shown");
    }
    return isDropped ? ExitCode.REFUSED : ExitCode.OK;
  }

  private boolean tellGone() {
    if (gone.isEmpty()) {
      return false;
    }
    command.say(
        (log.isPresent() ? "gone from the log: " : "not in the log: ")
            + "sequence ids "
            + ranges(gone));
    return true;
  }

  /** Tells what was asked for beyond the end of the log; plain servers have said it by then. */
  private boolean tellNotYet() {
    if (!(query instanceof ReplayQuery.Range range) || log.isEmpty()) {
      return false;
    }
    long first = Math.max(range.first(), log.get().last() + 1);
    boolean isOpen = range.last() == Long.MAX_VALUE;
    if (isOpen || first > range.last()) {
      return false;
    }
    command.say(
        "not in the log, which ends at "
            + log.get().last()
            + ": sequence ids "
            + ranges(List.of(new ReplayQuery.Range(first, range.last()))));
    return true;
  }

  private boolean tellUnseen() {
    // What a topic filter keeps back is not seen either, but nobody can tell it from what is gone.
    if (unseen.isEmpty() || !command.topics.isEmpty()) {
      return false;
    }
    String names =
        unseen.stream()
            .limit(MOST_NAMED)
            .map(id -> SafeText.line(id, 200))
            .collect(Collectors.joining(", "));
    command.say("not in the log: " + names + more(unseen.size()));
    return true;
  }

  private boolean tellOlder() {
    if (!(query instanceof ReplayQuery.Time time) || log.isEmpty() || log.get().first() <= 1) {
      return false;
    }
    Optional<Instant> oldest = log.get().oldest();
    boolean isCut =
        time.from() > 0 && oldest.map(first -> time.from() < first.getEpochSecond()).orElse(true);
    if (isCut) {
      command.say(
          "gone from the log: what was sent before "
              + oldest.map(Instant::toString).orElse("now")
              + " (sequence ids up to "
              + (log.get().first() - 1)
              + ")");
    }
    return isCut;
  }

  private static String ranges(List<ReplayQuery.Range> ranges) {
    return ranges.stream()
            .limit(MOST_NAMED)
            .map(
                range ->
                    range.first() == range.last()
                        ? String.valueOf(range.first())
                        : range.first() + " to " + range.last())
            .collect(Collectors.joining(", "))
        + more(ranges.size());
  }

  private static String more(int count) {
    return count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "";
  }
}
