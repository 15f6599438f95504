package org.peal.node.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/** One client of a node. Used by the server's thread only. */
final class SubmitSession {

  /** Takes a draft; tells false, and takes nothing, when there is no room now. */
  interface Taker {
    boolean take(SubmitSession session, Submission submission);
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final SubmitLimits limits;
  private final Taker taker;
  private final Lines lines;
  private final Deque<ByteBuffer> out = new ArrayDeque<>();
  private @Nullable Submission waiting;
  private int unanswered;
  private boolean isInputOver;
  private boolean isEnding;
  private long movedAt = System.nanoTime();

  SubmitSession(SocketChannel channel, SelectionKey key, SubmitLimits limits, Taker taker) {
    this.channel = channel;
    this.key = key;
    this.limits = limits;
    this.taker = taker;
    this.lines = new Lines(limits.line());
  }

  /** Reads what has come, as far as it may. */
  void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      isInputOver = true;
      return;
    }
    lines.add(buffer.flip());
  }

  /** Hands over whole lines until there is no more room. */
  void handOver() {
    while (!isEnding && hasRoom()) {
      Submission next = waiting != null ? waiting : parsed();
      if (next == null) {
        break;
      }
      waiting = null;
      unanswered++;
      if (!taker.take(this, next)) {
        unanswered--;
        waiting = next;
        return;
      }
    }
    if (!isInputOver && lines.isTooLong() && hasRoom()) {
      push(new Answer.Refused(0, "malformed", String.valueOf(tooLong().getMessage()), false));
      isInputOver = true;
    }
  }

  /** Takes nothing more; what was taken is still answered. */
  void endInput() {
    isInputOver = true;
    isEnding = true;
    waiting = null;
  }

  /** Returns the next draft; what is none is answered at once. */
  private @Nullable Submission parsed() {
    while (hasRoom()) {
      byte[] line = lines.next();
      if (line == null) {
        return null;
      }
      Submission submission = parsed(line);
      if (submission != null) {
        return submission;
      }
    }
    return null;
  }

  private @Nullable Submission parsed(byte[] line) {
    long number = 0;
    try {
      if (line.length > limits.line()) {
        throw tooLong();
      }
      JsonNode tree = StrictJson.parse(line, JsonLimits.DEFAULT);
      number = tree.path("n").asLong();
      if (tree instanceof ObjectNode json) {
        return Submission.of(json);
      }
      throw new MalformedDraftException("a draft must be a JSON object");
    } catch (MalformedJsonException | MalformedDraftException e) {
      push(new Answer.Refused(number, "malformed", String.valueOf(e.getMessage()), false));
      return null;
    }
  }

  private MalformedDraftException tooLong() {
    return new MalformedDraftException("a line of a draft has at most " + limits.line() + " bytes");
  }

  /** Queues the answer to a draft that was taken. */
  void answer(Answer answer) {
    unanswered--;
    push(answer);
  }

  private void push(Answer answer) {
    if (out.isEmpty()) {
      movedAt = System.nanoTime();
    }
    byte[] line = Answer.toLine(answer);
    ByteBuffer buffer = ByteBuffer.allocate(line.length + 1);
    out.add(buffer.put(line).put((byte) '\n').flip());
  }

  /** Writes as much as the client takes. */
  void write() throws IOException {
    for (ByteBuffer next = out.peek(); next != null; next = out.peek()) {
      if (channel.write(next) > 0) {
        movedAt = System.nanoTime();
      }
      if (next.hasRemaining()) {
        return;
      }
      out.remove();
    }
  }

  /** Tells the selector what this session waits for. */
  void interest() {
    boolean reads = !isInputOver && waiting == null && hasRoom();
    key.interestOps(
        (reads ? SelectionKey.OP_READ : 0) | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
  }

  /** Answers that nobody reads count as well: they must not pile up. */
  private boolean hasRoom() {
    return unanswered < limits.unanswered() && out.size() < limits.unanswered();
  }

  /** Tells whether a draft waits for room in the publisher. */
  boolean isWaiting() {
    return waiting != null;
  }

  /** Tells whether nothing is left to do. */
  boolean isOver() {
    return isInputOver && waiting == null && unanswered == 0 && out.isEmpty();
  }

  /** Tells whether the client has not read its answers for too long. */
  boolean isStalled() {
    return !out.isEmpty() && System.nanoTime() - movedAt > limits.stall().toNanos();
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to be done with it.
      isInputOver = true;
    }
  }
}
