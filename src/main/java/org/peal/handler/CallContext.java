package org.peal.handler;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Bus;
import org.peal.bus.Draft;
import org.peal.json.CanonicalJson;
import org.peal.message.MessageId;
import org.peal.message.PealHeaders;
import org.peal.store.MessageKey;
import org.peal.store.OutboxMessage;
import org.peal.store.RecordedDecision;
import org.peal.store.StateStore;
import org.peal.store.Transaction;

/** What one call of a handler does besides its answer. Used by the handler's thread, then read. */
final class CallContext implements HandlerContext {

  private static final int MOST_PUBLISHED = 1000;
  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 1000;
  private static final int LONGEST_DECISION = 256 << 10;
  private static final int MOST_LABELS = 1000;
  private static final Duration DECISIONS_KEPT = Duration.ofDays(400);

  /** More than are added, so that those that are too old become fewer. */
  private static final int PURGED_AT_ONCE = 10;

  /**
   * Which call. Immutable.
   *
   * @param key the message and the handler
   * @param bus the bus that the message came by
   * @param at when the message was made, or else first seen
   * @param attempt 1 for the first
   * @param isRedelivered whether the message may have been handed over before
   */
  record Call(MessageKey key, Bus bus, Instant at, int attempt, boolean isRedelivered) {}

  private final HandlerTerms terms;
  private final Call call;
  private final InstantSource clock;
  private final StateChanges state;
  private final List<OutboxMessage> published = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private @Nullable RecordedDecision decision;
  private volatile boolean isOver;

  CallContext(HandlerTerms terms, Call call, StateStore store, InstantSource clock) {
    this.terms = terms;
    this.call = call;
    this.clock = clock;
    this.state = new StateChanges(store, terms.name());
  }

  @Override
  public String handler() {
    return terms.name();
  }

  @Override
  public MessageId publish(Draft draft) {
    requireOpen();
    if (published.size() >= MOST_PUBLISHED) {
      throw new IllegalStateException(
          "at most " + MOST_PUBLISHED + " messages may be published in one call");
    }
    draft
        .headers()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith(PealHeaders.PREFIX)) {
                throw new IllegalArgumentException(
                    "header \"" + name + "\" is not allowed: peal-* is set by the node");
              }
            });
    MessageId id = draft.id().orElseGet(() -> StableId.of(call.key(), call.at(), published.size()));
    published.add(row(draft, id));
    if (terms.isDryRun()) {
      explain("dry run, not published: " + draft.topic());
    }
    return id;
  }

  private OutboxMessage row(Draft draft, MessageId id) {
    return new OutboxMessage(
        id,
        draft.topic(),
        text(draft.body()),
        text(draft.headers()),
        draft.severity(),
        draft.certPrefix(),
        draft.username(),
        clock.instant(),
        Optional.of(terms.name()),
        terms.publishOn().orElse(call.bus()).name().toLowerCase(Locale.ROOT));
  }

  private static String text(JsonNode json) {
    return new String(CanonicalJson.write(json), StandardCharsets.UTF_8);
  }

  @Override
  public HandlerState state() {
    requireOpen();
    return state;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public boolean isDryRun() {
    return terms.isDryRun();
  }

  @Override
  public void explain(String text) {
    requireOpen();
    if (lines.size() < MOST_LINES) {
      lines.add(text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "..." : text);
    } else if (lines.size() == MOST_LINES) {
      lines.add("...");
    }
  }

  @Override
  public void record(String json, Map<String, Set<String>> labels) {
    requireOpen();
    int count = labels.values().stream().mapToInt(Set::size).sum();
    if (json.length() > LONGEST_DECISION || count > MOST_LABELS) {
      throw new IllegalArgumentException(
          "a decision must have at most %d characters and %d labels: %d, %d"
              .formatted(LONGEST_DECISION, MOST_LABELS, json.length(), count));
    }
    decision = new RecordedDecision(terms.name(), call.key().id(), clock.instant(), json, labels);
  }

  @Override
  public boolean isRedelivered() {
    return call.isRedelivered();
  }

  @Override
  public int attempt() {
    return call.attempt();
  }

  private void requireOpen() {
    if (isOver) {
      throw new IllegalStateException("the call that this context belongs to is over");
    }
  }

  /** Ends the call; what the handler does with this later has no effect. */
  void end() {
    isOver = true;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Returns how many messages were published. */
  int published() {
    return published.size();
  }

  /** Writes what was decided, and outside of a dry run what was published and remembered. */
  void write(Transaction transaction) {
    writeDecision(transaction);
    if (!terms.isDryRun()) {
      published.forEach(transaction.outbox()::add);
      state.write(transaction);
    }
  }

  /** Writes what was decided alone, of a call that is not to be repeated though it wants to. */
  void writeDecision(Transaction transaction) {
    RecordedDecision made = decision;
    if (made != null) {
      transaction.decisions().add(made);
      transaction.decisions().purge(made.made().minus(DECISIONS_KEPT), PURGED_AT_ONCE);
    }
  }
}
