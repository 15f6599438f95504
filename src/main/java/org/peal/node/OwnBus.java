package org.peal.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.bridge.ZmqOutlet;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.crypto.Signer;
import org.peal.message.MessageId;
import org.peal.store.Database;
import org.peal.stream.Rows;

/**
 * What the part {@link PartName#PUBLISHER} does for other parts of its node: there while that part
 * runs. Thread-safe.
 */
final class OwnBus implements ZmqOutlet {

  /**
   * A publisher that runs.
   *
   * @param database its log, if it keeps one
   * @param sockets takes frames for all readers
   */
  record Running(
      DurablePublisher publisher,
      Optional<Signer> signer,
      Optional<Database> database,
      Consumer<List<PublishedFrames>> sockets) {}

  private volatile @Nullable Running running;

  /** Takes the publisher that runs from now on. */
  synchronized void use(Running next) {
    running = next;
  }

  /** Forgets a publisher that ends, unless another one has taken its place. */
  synchronized void forget(DurablePublisher gone) {
    Running current = running;
    if (current != null && current.publisher() == gone) {
      running = null;
    }
  }

  private Running required() {
    Running current = running;
    if (current == null) {
      throw new PublishException(Kind.CLOSED, "the part publisher does not run", null);
    }
    return current;
  }

  @Override
  public CompletionStage<Published> publish(Draft draft, Rows rows) {
    try {
      return required().publisher().publish(draft, rows);
    } catch (PublishException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void sendAgain(MessageId id) {
    required()
        .database()
        .flatMap(database -> database.log().find(id))
        .ifPresent(message -> send(message.topic().value(), message.payload()));
  }

  @Override
  public void send(String topic, byte[] payload) {
    PublishedFrames frames = new PublishedFrames(topic.getBytes(StandardCharsets.UTF_8), payload);
    required().sockets().accept(List.of(frames));
  }

  @Override
  public ObjectNode sign(ObjectNode envelope) {
    Optional<Signer> signer = required().signer();
    return signer.isPresent() ? signer.get().sign(envelope) : envelope;
  }
}
