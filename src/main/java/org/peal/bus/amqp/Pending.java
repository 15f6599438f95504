package org.peal.bus.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.peal.bus.Published;
import org.peal.message.MessageId;

/** A message on its way to the broker. Used under the lock of its {@link ConfirmWindow}. */
final class Pending {

  final MessageId id;
  final String topic;
  final BasicProperties properties;
  final byte[] body;
  final long deadline;
  final CompletableFuture<Published> answer = new CompletableFuture<>();
  boolean isReturned;
  boolean isSettled;

  /** Makes one; the deadline is in the time of {@link System#nanoTime}. */
  Pending(EncodedMessage message, long deadline) {
    this.id = message.id();
    this.topic = message.topic();
    this.properties = message.properties();
    this.body = message.body();
    this.deadline = deadline;
  }

  /** Answers that the broker has it; called without the lock. */
  void succeed() {
    answer.complete(new Published(id, OptionalLong.empty()));
  }
}
