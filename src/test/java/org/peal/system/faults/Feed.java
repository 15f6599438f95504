package org.peal.system.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/**
 * A client of a node's socket that publishes a number of messages whatever happens to the node: it
 * sends what was not answered again under the same id, and now and then what was. Thread-safe.
 *
 * @see <a href="../../../../../../../docs/wire-format.md">wire format, handing drafts to a node</a>
 */
final class Feed implements AutoCloseable {

  private static final int MOST_AT_ONCE = 64;
  private static final int ONE_IN = 40;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private final Path socket;
  private final List<String> ids = new ArrayList<>();
  private final Random random;
  private final String topic;
  private final IntFunction<ObjectNode> bodies;
  private final Thread thread = new Thread(this::run, "feed");

  private final Map<Integer, Long> accepted = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private int allowed;
  private int repeated;
  private boolean repeats = true;
  private boolean isOver;
  private volatile @Nullable SocketChannel channel;

  /**
   * Makes a feed that may publish nothing yet.
   *
   * @param padding how many bytes each body has beside its number
   */
  Feed(Path socket, int messages, int padding, long seed) {
    this(socket, messages, "org.example.test.faults.tick", i -> padded(i, padding), seed);
  }

  /** Makes a feed of other messages that may publish nothing yet. */
  Feed(Path socket, int messages, String topic, IntFunction<ObjectNode> bodies, long seed) {
    this.socket = socket;
    this.topic = topic;
    this.bodies = bodies;
    this.random = new Random(seed);
    for (int i = 0; i < messages; i++) {
      ids.add("2026-" + new UUID(random.nextLong(), random.nextLong()));
    }
    thread.setDaemon(true);
  }

  Feed started() {
    thread.start();
    return this;
  }

  /** Repeats nothing that was answered: a log that forgets messages forgets their ids too. */
  Feed once() {
    repeats = false;
    return this;
  }

  int size() {
    return ids.size();
  }

  /** Lets the first so many messages be published. */
  synchronized void allow(int messages) {
    allowed = Math.min(messages, ids.size());
    notifyAll();
  }

  synchronized int count() {
    return accepted.size();
  }

  /** Waits until so many were accepted, with a limit on the time in which nothing happens. */
  void awaitAccepted(int count) {
    await(count, DEADLINE);
  }

  private synchronized void await(int count, Duration limit) {
    int before = accepted.size();
    long deadline = System.nanoTime() + limit.toNanos();
    while (accepted.size() < count) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "%d of %d accepted, and none in %s; refused: %s"
                .formatted(accepted.size(), count, limit, refusals));
      }
      pause(left);
      if (accepted.size() > before) {
        before = accepted.size();
        deadline = System.nanoTime() + limit.toNanos();
      }
    }
  }

  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits until a draft was refused for the time being, with a text. */
  synchronized String awaitRefusal(String kind) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      for (String text : refusals.keySet()) {
        if (text.startsWith(kind)) {
          return text;
        }
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("nothing was refused as " + kind + ": " + refusals);
      }
      pause(left);
    }
  }

  /** Lets {@link #awaitRefusal} wait for the next one. */
  synchronized void forgetRefusals() {
    refusals.clear();
  }

  /** Returns the sequence ids of what was accepted, by message id. */
  synchronized Map<String, Long> accepted() {
    Map<String, Long> all = new HashMap<>();
    accepted.forEach((index, seq) -> all.put(ids.get(index), seq));
    return all;
  }

  /** Returns what the node did against the protocol. */
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized int repeated() {
    return repeated;
  }

  synchronized Map<String, Integer> refusals() {
    return Map.copyOf(refusals);
  }

  private void run() {
    while (mayGoOn()) {
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
      try (SocketChannel open = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel = open;
        open.connect(address);
        talk(open);
      } catch (IOException e) {
        // The node is not there; what it has not answered is sent again.
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private synchronized boolean mayGoOn() {
    while (!isOver && missing(1).isEmpty()) {
      pause(PAUSE.toMillis());
    }
    return !isOver;
  }

  private void talk(SocketChannel open) throws IOException {
    BufferedReader answers =
        new BufferedReader(Channels.newReader(open, StandardCharsets.UTF_8.newDecoder(), -1));
    while (mayGoOn()) {
      List<Integer> batch = batch();
      for (int index : batch) {
        write(open, draft(index));
      }
      boolean isRefused = false;
      for (int i = 0; i < batch.size(); i++) {
        String line = answers.readLine();
        if (line == null) {
          throw new IOException("the node is gone");
        }
        isRefused |= !take(line);
      }
      if (isRefused) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static void write(SocketChannel open, byte[] line) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(line);
    while (buffer.hasRemaining()) {
      open.write(buffer);
    }
  }

  private synchronized List<Integer> batch() {
    List<Integer> batch = missing(1 + random.nextInt(MOST_AT_ONCE));
    if (repeats && !accepted.isEmpty() && random.nextInt(ONE_IN) == 0) {
      List<Integer> known = List.copyOf(accepted.keySet());
      batch.add(known.get(random.nextInt(known.size())));
      repeated++;
    }
    return batch;
  }

  private List<Integer> missing(int most) {
    List<Integer> batch = new ArrayList<>();
    for (int index = 0; index < allowed && batch.size() < most; index++) {
      if (!accepted.containsKey(index)) {
        batch.add(index);
      }
    }
    return batch;
  }

  private static ObjectNode padded(int index, int padding) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return body.put("i", index).put("padding", "x".repeat(padding));
  }

  private byte[] draft(int index) {
    ObjectNode draft = JsonNodeFactory.instance.objectNode();
    draft.put("topic", topic);
    draft.set("msg", bodies.apply(index));
    draft.put("msg_id", ids.get(index)).put("n", index);
    byte[] text = CanonicalJson.write(draft);
    byte[] line = java.util.Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    return line;
  }

  /** Takes an answer; tells whether it was a good one. */
  private synchronized boolean take(String line) throws IOException {
    JsonNode answer;
    try {
      answer = StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      // A node that dies may leave half an answer.
      throw new IOException(e);
    }
    if (answer.has("error")) {
      String kind = answer.path("kind").asText();
      refusals.merge(kind + ": " + answer.path("error").asText(), 1, Integer::sum);
      if (!answer.path("retry").asBoolean()) {
        violations.add(line);
      }
      notifyAll();
      return false;
    }
    int index = answer.path("n").asInt();
    long seq = answer.path("seq_id").asLong();
    Long before = accepted.putIfAbsent(index, seq);
    if (before != null && before != seq) {
      violations.add("%s was %d before".formatted(line, before));
    }
    if (!answer.path("msg_id").asText().equals(ids.get(index))) {
      violations.add("%s is for %s".formatted(line, ids.get(index)));
    }
    notifyAll();
    return true;
  }

  @Override
  public void close() {
    synchronized (this) {
      isOver = true;
      notifyAll();
    }
    SocketChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // The node may be gone.
      }
    }
  }
}
