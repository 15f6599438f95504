package org.peal.node;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Published;
import org.peal.message.Envelope;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.store.StoredMessage;
import org.peal.stream.Rows;

/**
 * One message between its number and its commit: signed on any thread, then looked at by the one
 * that stores. Thread-safe.
 */
final class Slot {

  /** Signs the message and writes its text. */
  interface Work {
    byte[] payload(Envelope unsigned);
  }

  private final Topic topic;
  private final MessageId id;
  private final long seconds;
  private final OptionalLong sequenceId;
  private final Rows rows;
  private final CompletableFuture<Published> answer;
  private final FutureTask<byte[]> task;

  /**
   * Makes a slot.
   *
   * @param signed told when the work is done, whatever came of it
   */
  Slot(
      Envelope unsigned,
      Rows rows,
      CompletableFuture<Published> answer,
      Work work,
      Runnable signed) {
    this.topic = unsigned.topic();
    this.id = unsigned.id().orElseThrow();
    this.seconds = unsigned.timestamp().orElseThrow().getEpochSecond();
    this.sequenceId = unsigned.sequenceId();
    this.rows = rows;
    this.answer = answer;
    this.task =
        new FutureTask<>(() -> work.payload(unsigned)) {
          @Override
          protected void done() {
            signed.run();
          }
        };
  }

  MessageId id() {
    return id;
  }

  /** Returns what goes with the commit. */
  Rows rows() {
    return rows;
  }

  CompletableFuture<Published> answer() {
    return answer;
  }

  /** Signs; to be run once, by any thread. */
  void run() {
    task.run();
  }

  /** Saves the work if it has not begun. */
  void cancel() {
    task.cancel(false);
  }

  boolean isDone() {
    return task.isDone();
  }

  /** Returns why it cannot be signed, null if it is; to be asked when it is done. */
  @Nullable Throwable failure() {
    try {
      task.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a task that is done does not wait", e);
    }
  }

  byte[] payload() {
    try {
      return task.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("asked for what is not there", e);
    }
  }

  PublishedFrames frames() {
    return new PublishedFrames(topic.value().getBytes(StandardCharsets.UTF_8), payload());
  }

  /** Returns the row of the log; empty without a sequence id. */
  Optional<StoredMessage> row() {
    return sequenceId.isEmpty()
        ? Optional.empty()
        : Optional.of(new StoredMessage(sequenceId.getAsLong(), id, topic, seconds, payload()));
  }

  Published published() {
    return new Published(id, sequenceId);
  }
}
