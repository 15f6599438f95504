package org.peal.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.json.CanonicalJson;
import org.peal.message.PealHeaders;
import org.peal.store.ReplayQuery;
import org.peal.store.StreamId;

/** Publishers with logs that can be asked, without any network. */
final class FakeLogs implements ReplaySource {

  static final int PAGE = 10;

  private final Map<String, Log> logs = new LinkedHashMap<>();
  final List<String> questions = new ArrayList<>();

  /** One publisher's log. */
  static final class Log {
    final String name;
    final String stream;
    final boolean isStock;
    final List<Delivery> messages = new ArrayList<>();
    String run = "run0";
    long start = 1;
    long purgedUpTo;
    boolean isAway;
    Optional<Duration> retention = Optional.empty();

    /** What happens to answers on their way; each is used once. */
    final Queue<UnaryOperator<ReplayPage>> damages = new ArrayDeque<>();

    private int made;

    Log(String name, String stream, boolean isStock) {
      this.name = name;
      this.stream = stream;
      this.isStock = isStock;
    }

    /** Publishes a message and returns it as it goes over the network. */
    Delivery publish() {
      long id = messages.size() + 1;
      Delivery message = message(id, name + "-" + ++made);
      messages.add(message);
      return message;
    }

    List<Delivery> publish(int count) {
      List<Delivery> published = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        published.add(publish());
      }
      return published;
    }

    void restart() {
      run = "run" + ++made;
      start = messages.size() + 1;
    }

    void goBackTo(int count) {
      messages.subList(count, messages.size()).clear();
      restart();
    }

    Delivery message(long id, String messageId) {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      tree.put("topic", "org.example.test.thing").put("timestamp", 1_000 + id);
      tree.put("msg_id", messageId).put("seq_id", id);
      tree.putObject("msg").put("id", messageId);
      if (!isStock) {
        ObjectNode headers = tree.putObject(PealHeaders.FIELD);
        headers.put(PealHeaders.STREAM, stream).put(PealHeaders.NAME, name);
        headers.put(PealHeaders.RUN, run).put(PealHeaders.START, Long.toString(start));
      }
      return delivery(name, tree);
    }
  }

  static Delivery delivery(String name, JsonNode tree) {
    return new Delivery(
        new RawMessage(
            new Origin(name, "tcp://127.0.0.1:1"),
            tree.path("topic").asText().getBytes(StandardCharsets.UTF_8),
            CanonicalJson.write(tree),
            Instant.EPOCH),
        Optional.of(tree),
        Optional.empty());
  }

  Log add(String name) {
    return add(name, "%032x".formatted(logs.size() + 1), false);
  }

  Log addStock(String name) {
    return add(name, name, true);
  }

  Log add(String name, String stream, boolean isStock) {
    Log log = new Log(name, stream, isStock);
    logs.put(name, log);
    return log;
  }

  void forget(String name) {
    logs.remove(name);
  }

  Set<String> names() {
    return logs.keySet();
  }

  @Override
  public CompletionStage<ReplayOutcome> fetch(String publisher, ReplayQuery query, long after) {
    questions.add(publisher + " " + query);
    return CompletableFuture.completedFuture(answer(logs.get(publisher), query, after));
  }

  private static ReplayOutcome answer(Log log, ReplayQuery query, long after) {
    if (log == null) {
      return new ReplayOutcome.Refused(ReplayOutcome.Why.UNKNOWN_PUBLISHER, "not known");
    }
    if (log.isAway) {
      return new ReplayOutcome.Unreachable("away");
    }
    List<Replayed> found = new ArrayList<>();
    long last = log.messages.size();
    long until = after;
    boolean complete = true;
    for (Delivery message : log.messages) {
      long id = id(message);
      if (id <= Math.max(after, log.purgedUpTo) || !wants(query, id, message)) {
        continue;
      }
      if (found.size() == PAGE) {
        complete = false;
        break;
      }
      until = id;
      found.add(new Replayed(message, OptionalLong.of(id), true));
    }
    // A stock server names no end: it is only known what it gave.
    if (complete && !log.isStock) {
      until = query instanceof ReplayQuery.Range range ? Math.min(range.last(), last) : last;
    }
    ReplayPage page =
        new ReplayPage(found, List.of(), until, complete, List.of(), List.of(), state(log, last));
    UnaryOperator<ReplayPage> damage = log.damages.poll();
    return new ReplayOutcome.Answered(damage == null ? page : damage.apply(page));
  }

  private static Optional<LogState> state(Log log, long last) {
    return log.isStock
        ? Optional.empty()
        : Optional.of(
            new LogState(
                new StreamId(log.stream),
                log.purgedUpTo + 1,
                last,
                Optional.empty(),
                log.retention));
  }

  private static boolean wants(ReplayQuery query, long id, Delivery message) {
    if (query instanceof ReplayQuery.Range range) {
      return range.first() <= id && id <= range.last();
    } else if (query instanceof ReplayQuery.Ids ids) {
      return ids.ids().contains(id);
    } else if (query instanceof ReplayQuery.Time time) {
      double seconds = message.tree().orElseThrow().get("timestamp").doubleValue();
      return time.from() <= seconds && seconds <= time.until();
    }
    throw new AssertionError("not asked in these tests: " + query);
  }

  static long id(Delivery message) {
    return message.tree().orElseThrow().get("seq_id").longValue();
  }
}
