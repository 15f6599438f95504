package org.peal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.json.PythonTruth;
import org.peal.message.MessageId;
import org.peal.store.Acquaintance;
import org.peal.store.Database;
import org.peal.store.HandledMessage;
import org.peal.store.MessageKey;
import org.peal.stream.ContentHash;

/**
 * What was seen on either bus, kept in a database of its own, so that it can be told what has not
 * crossed or has changed on the way. Thread-safe.
 */
public final class Comparison {

  private static final String SEEN = "verify.seen.";
  private static final String DUE = "verify.due.";
  private static final int PAGE = 1000;

  /** What may be wrong with a message. */
  public enum Fault {
    /** It was never seen on the other bus. */
    MISSING,
    /** Something else was seen there under its id. */
    ALTERED
  }

  /**
   * A message that did not cross as it should.
   *
   * @param contentHash of its topic and body
   * @param letter what lets it cross again
   */
  public record Finding(
      Fault fault, Direction direction, MessageId id, String contentHash, DeadLetter letter) {}

  /**
   * What a comparison found.
   *
   * @param compared messages that should have crossed
   */
  public record Report(long compared, List<Finding> findings) {

    public Report {
      findings = List.copyOf(findings);
    }

    /** Tells whether all is as it should be. */
    public boolean isGood() {
      return findings.isEmpty();
    }
  }

  private final Database database;
  private final BridgeConfig config;
  private final InstantSource clock;

  /** Makes one; the database stays the caller's. */
  public Comparison(Database database, BridgeConfig config, InstantSource clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /** Notes a message that was seen on ZeroMQ. */
  public void seen(Delivery delivery) {
    Optional<ZmqInput> read = ZmqInput.of(delivery).filter(i -> i.text("msg_id").isPresent());
    if (read.isEmpty() || delivery.isInvalid()) {
      return;
    }
    ZmqInput input = read.get();
    JsonNode body = input.envelope().path(ZmqInput.BODY);
    JsonNode compared = PythonTruth.isFalse(body) ? JsonNodeFactory.instance.objectNode() : body;
    boolean isNative =
        !input.isOfBridge()
            && !(input.envelope().get(ZmqInput.HEADERS) instanceof ObjectNode headers
                && Marks.of(headers).isMarked());
    boolean isDue =
        isNative
            && config.directions().contains(Direction.TO_AMQP)
            && config.toAmqp().topics().takes(input.topic());
    note(
        Direction.TO_AMQP,
        input.text("msg_id").orElseThrow(),
        ContentHash.of(TextNode.valueOf(input.topic()), compared),
        isDue
            ? Optional.of(DeadLetter.of(delivery, "not seen on AMQP", clock.instant()))
            : Optional.empty());
  }

  /** Notes a message that was seen on AMQP. */
  public void seen(AmqpMessage message, String exchange) {
    if (message.id().filter(id -> !id.isEmpty()).isEmpty()) {
      return;
    }
    boolean isNative =
        !Marks.of(message.headers()).isMarked() && exchange.equals(config.toZmq().exchange());
    boolean isDue =
        isNative
            && config.directions().contains(Direction.TO_ZMQ)
            && config.toZmq().topics().takes(message.topic());
    note(
        Direction.TO_ZMQ,
        message.id().orElseThrow(),
        ContentHash.of(TextNode.valueOf(message.topic()), message.body()),
        isDue
            ? Optional.of(
                DeadLetter.of(
                    Direction.TO_ZMQ, message, exchange, "not seen on ZeroMQ", clock.instant()))
            : Optional.empty());
  }

  /** Seen on the bus that a direction leads away from. */
  private void note(Direction from, String id, String hash, Optional<DeadLetter> due) {
    MessageKey seen = new MessageKey(SEEN + from, new MessageId(id), hash, Optional.empty());
    HandledMessage sighting = handled(seen, "");
    Optional<HandledMessage> expected =
        due.map(
            letter ->
                handled(
                    new MessageKey(DUE + from, seen.id(), hash, Optional.empty()),
                    new String(letter.text(), StandardCharsets.US_ASCII)));
    database
        .write(
            transaction -> {
              transaction.outcomes().record(sighting);
              expected.ifPresent(transaction.outcomes()::record);
              return true;
            })
        .join();
  }

  private HandledMessage handled(MessageKey key, String letter) {
    return new HandledMessage(key, "seen", letter, List.of(), clock.instant());
  }

  /**
   * Compares what was seen at least some time ago with what was seen on the other bus.
   *
   * @param settling how long a message may take
   */
  public Report compare(Duration settling) {
    Instant until = clock.instant().minus(settling);
    List<Finding> findings = new ArrayList<>();
    long compared = 0;
    for (Direction direction : Direction.values()) {
      List<HandledMessage> page;
      long row = 0;
      do {
        long after = row;
        page = database.read(s -> s.outcomes().list(DUE + direction, after, PAGE));
        for (HandledMessage due : page) {
          if (due.when().isAfter(until)) {
            continue;
          }
          compared++;
          compare(direction, due).ifPresent(findings::add);
        }
        row += page.size();
      } while (page.size() == PAGE);
    }
    return new Report(compared, findings);
  }

  private Optional<Finding> compare(Direction direction, HandledMessage due) {
    MessageKey key = due.key();
    Acquaintance known = onOtherBus(direction, key.id(), key.contentHash());
    if (known instanceof Acquaintance.Same) {
      return Optional.empty();
    }
    Fault fault = known instanceof Acquaintance.New ? Fault.MISSING : Fault.ALTERED;
    return DeadLetter.parse(due.why().getBytes(StandardCharsets.UTF_8))
        .map(letter -> new Finding(fault, direction, key.id(), key.contentHash(), letter));
  }

  private Acquaintance onOtherBus(Direction direction, MessageId id, String contentHash) {
    Direction other = direction == Direction.TO_AMQP ? Direction.TO_ZMQ : Direction.TO_AMQP;
    MessageKey there = new MessageKey(SEEN + other, id, contentHash, Optional.empty());
    return database.read(snapshot -> snapshot.outcomes().check(there));
  }

  /** Tells whether a message that was missing has been seen on the other bus meanwhile. */
  public boolean hasCrossed(Finding finding) {
    return onOtherBus(finding.direction(), finding.id(), finding.contentHash())
        instanceof Acquaintance.Same;
  }

  /** Forgets what was seen long ago. */
  public void forget(Duration older) {
    Instant before = clock.instant().minus(older);
    while (database.write(t -> t.outcomes().purge(before, PAGE)).join() == PAGE) {
      // each commit is a small one
    }
  }
}
