package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.OrderedPipeline;
import org.peal.bus.zmq.Publication;
import org.peal.crypto.Signer;
import org.peal.json.CanonicalJson;
import org.peal.message.Envelope;
import org.peal.message.EnvelopeFactory;
import org.peal.message.MessageId;
import org.peal.message.Topic;

/**
 * Signs messages on all cores and publishes them in order. One thread sends; what is under way is
 * bounded.
 */
public final class Sender implements AutoCloseable {

  private static final int UNDER_WAY = 256;

  private record Draft(Topic topic, Envelope envelope) {}

  private record Ready(byte[] topic, byte[] payload, String id) {}

  private final Publication publication;
  private final EnvelopeFactory envelopes;
  private final Optional<Signer> signer;
  private final Duration patience;
  private final int largest;
  private final Consumer<String> published;
  private final OrderedPipeline<Draft, Ready> pipeline;
  private final AtomicLong handedOver = new AtomicLong();
  private long submitted;

  /**
   * Makes a sender.
   *
   * @param signer signs the messages; empty to publish them unsigned
   * @param largest the largest payload in bytes; receivers drop peers that send more
   * @param patience how long a message may wait for room without any progress
   * @param published told the id of each message when it was handed to the socket, in order
   */
  public Sender(
      Publication publication,
      EnvelopeFactory envelopes,
      Optional<Signer> signer,
      int largest,
      Duration patience,
      Consumer<String> published) {
    this.publication = publication;
    this.envelopes = envelopes;
    this.signer = signer;
    this.largest = largest;
    this.patience = patience;
    this.published = published;
    this.pipeline =
        new OrderedPipeline<>(
            "sign",
            Runtime.getRuntime().availableProcessors(),
            UNDER_WAY,
            draft -> 1,
            this::sign,
            this::handOver,
            () -> {});
    this.pipeline.start();
  }

  /** Takes a message; waits while too many are under way. Does nothing after a failure. */
  public void send(Topic topic, JsonNode body) throws InterruptedException {
    submitted++;
    pipeline.submit(new Draft(topic, envelopes.create(topic, body)));
  }

  private Ready sign(Draft draft) {
    ObjectNode tree = draft.envelope().tree();
    byte[] payload = signer.isPresent() ? signer.get().signedText(tree) : CanonicalJson.write(tree);
    if (payload.length > largest) {
      throw new MessageTooLargeException(payload.length, largest);
    }
    return new Ready(
        draft.topic().value().getBytes(StandardCharsets.UTF_8),
        payload,
        draft.envelope().id().map(MessageId::value).orElse(""));
  }

  private void handOver(Ready message) {
    try {
      waitForRoom(message);
    } catch (InterruptedException e) {
      throw new StalledException();
    }
    handedOver.incrementAndGet();
    published.accept(message.id());
  }

  /** A queue that stays full is a reader that does not read; one that moves gets more time. */
  private void waitForRoom(Ready message) throws InterruptedException {
    if (publication.offer(message.topic(), message.payload())) {
      return;
    }
    long before = publication.status().sent();
    while (!publication.offer(message.topic(), message.payload(), patience)) {
      long sent = publication.status().sent();
      if (sent == before) {
        throw new StalledException();
      }
      before = sent;
    }
  }

  /** Returns what went wrong, or null; a stalled reader is not reported here but as unsent. */
  public @Nullable Throwable failure() {
    Throwable failure = pipeline.failure();
    return failure instanceof StalledException ? null : failure;
  }

  /** Tells whether nothing more can be sent. */
  public boolean isStopped() {
    return pipeline.failure() != null;
  }

  /**
   * Sends what is under way and waits until it has been handed to the network.
   *
   * @return how many messages may not have been sent, and how many copies were dropped for readers
   *     that did not keep up; 0 if all went well
   */
  public long finish() throws InterruptedException {
    pipeline.finish(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    long refused = submitted - handedOver.get();
    long left = publication.drain(refused > 0 ? Duration.ZERO : patience);
    // A slow reader that still reads deserves more time.
    for (long before = Long.MAX_VALUE; refused == 0 && left > 0 && left < before; ) {
      before = left;
      left = publication.drain(patience);
    }
    return refused + left + publication.status().dropped();
  }

  /** Returns how many messages were taken so far. */
  public long submitted() {
    return submitted;
  }

  @Override
  public void close() {
    pipeline.close();
  }

  private static final class StalledException extends RuntimeException {
    StalledException() {
      super("no room and no progress", null, false, false);
    }
  }
}
