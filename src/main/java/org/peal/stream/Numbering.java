package org.peal.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;
import org.peal.bus.Delivery;
import org.peal.crypto.Verdict;
import org.peal.message.Envelope;
import org.peal.message.MalformedEnvelopeException;
import org.peal.message.MessageId;
import org.peal.store.StreamId;

/**
 * Reads which place in which stream a message claims. Thread-safe.
 *
 * <p>Only what is signed counts where messages are verified; a message that was refused has no
 * place. Publishers that do not name their log are followed only if there is a replay address under
 * the name of the endpoint that they were heard on: behind a gateway many have one name.
 *
 * @see <a href="../../../../../../docs/wire-format.md">wire format, members of our own</a>
 */
final class Numbering {

  private static final String STREAM = "peal-stream";
  private static final String RUN = "peal-run";
  private static final String START = "peal-start";
  private static final String NAME = "peal-name";

  private static final int LONGEST = 256;

  private final Predicate<String> hasReplay;

  /** Makes one; {@code hasReplay} tells for which names there is a log to ask. */
  Numbering(Predicate<String> hasReplay) {
    this.hasReplay = hasReplay;
  }

  /** Returns the place of a message; empty if it has none that counts. */
  Optional<Numbered> read(Delivery delivery) {
    if (delivery.isInvalid()) {
      return Optional.empty();
    }
    return delivery
        .tree()
        .flatMap(Numbering::envelope)
        .flatMap(envelope -> read(envelope, delivery));
  }

  private static Optional<Envelope> envelope(JsonNode tree) {
    try {
      return Optional.of(Envelope.of(tree));
    } catch (MalformedEnvelopeException e) {
      return Optional.empty();
    }
  }

  private Optional<Numbered> read(Envelope envelope, Delivery delivery) {
    long id = envelope.sequenceId().orElse(-1);
    if (id < 0 || id > Place.GREATEST) {
      return Optional.empty();
    }
    String name = delivery.raw().origin().name();
    String messageId = envelope.id().map(MessageId::value).orElse("");
    Optional<ObjectNode> headers = coversHeaders(delivery) ? envelope.headers() : Optional.empty();
    Optional<String> stream =
        headers.flatMap(all -> text(all, STREAM)).filter(Numbering::isStreamId);
    if (stream.isEmpty()) {
      return hasReplay.test(name)
          ? Optional.of(new Numbered(name, name, new Place(id, messageId, Optional.empty())))
          : Optional.empty();
    }
    return Optional.of(
        new Numbered(
            stream.get(),
            headers.flatMap(all -> text(all, NAME)).orElse(name),
            new Place(id, messageId, headers.flatMap(all -> run(all, id)))));
  }

  private static boolean coversHeaders(Delivery delivery) {
    return delivery
        .verdict()
        .map(verdict -> verdict.fold(v -> v.coverage() == Verdict.Coverage.ENVELOPE, i -> false))
        .orElse(true);
  }

  private static Optional<Place.Run> run(ObjectNode headers, long id) {
    return text(headers, RUN)
        .flatMap(run -> text(headers, START).flatMap(start -> run(run, start, id)));
  }

  private static Optional<Place.Run> run(String run, String start, long id) {
    try {
      long first = Long.parseLong(start);
      // A process that starts behind its own message says nothing that could be used.
      return first >= 0 && first <= id ? Optional.of(new Place.Run(run, first)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isStreamId(String text) {
    try {
      return new StreamId(text).value().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<String> text(ObjectNode headers, String name) {
    return Optional.ofNullable(headers.path(name).textValue())
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST);
  }
}
