package org.peal.node.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verified;
import org.peal.crypto.Verifier;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.Envelope;
import org.peal.message.MalformedEnvelopeException;
import org.peal.stream.Replayed;

/** Looks at replayed messages as at live ones, on many threads. Thread-safe. */
final class ReplayReader {

  private static final String SEQUENCE_ID = "seq_id";
  private static final String TOPIC = "topic";

  /** Messages that one thread looks at before another may have the next. */
  private static final int SHARE = 64;

  private final Optional<Verifier> verifier;
  private final boolean isUnsignedIdFine;
  private final Executor workers;
  private final InstantSource clock;

  /**
   * Makes a reader.
   *
   * @param isUnsignedIdFine whether a message may have got its sequence id after it was signed
   */
  ReplayReader(
      Optional<Verifier> verifier,
      boolean isUnsignedIdFine,
      Executor workers,
      InstantSource clock) {
    this.verifier = verifier;
    this.isUnsignedIdFine = isUnsignedIdFine;
    this.workers = workers;
    this.clock = clock;
  }

  /** Looks at messages and returns them in the same order. */
  CompletableFuture<List<Replayed>> read(Origin origin, List<byte[]> frames) {
    List<CompletableFuture<List<Replayed>>> shares = new ArrayList<>();
    for (int i = 0; i < frames.size(); i += SHARE) {
      List<byte[]> share = frames.subList(i, Math.min(frames.size(), i + SHARE));
      shares.add(
          CompletableFuture.supplyAsync(
              () -> share.stream().map(frame -> look(origin, frame)).toList(), workers));
    }
    return CompletableFuture.allOf(shares.toArray(new CompletableFuture<?>[0]))
        .thenApply(done -> shares.stream().flatMap(share -> share.join().stream()).toList());
  }

  private Replayed look(Origin origin, byte[] frame) {
    if (verifier.isEmpty()) {
      return replayed(origin, frame, parse(frame), Optional.empty(), false);
    }
    Verified first = verifier.get().verify(frame, null);
    boolean isAgain = isWorthAnotherLook(first);
    Verified last = isAgain ? withoutId(verifier.get(), first) : first;
    boolean isCovered =
        !isAgain
            && first.verdict() instanceof Verdict.Valid valid
            && valid.coverage() == Verdict.Coverage.ENVELOPE;
    return replayed(origin, frame, first.tree(), Optional.of(last.verdict()), isCovered);
  }

  private boolean isWorthAnotherLook(Verified verified) {
    return isUnsignedIdFine
        && verified.verdict() instanceof Verdict.Invalid invalid
        && invalid.reason() == Reason.BAD_SIGNATURE
        && verified.tree().filter(tree -> tree.has(SEQUENCE_ID)).isPresent();
  }

  /** Verifies what was signed if the sequence id came later. */
  private static Verified withoutId(Verifier verifier, Verified message) {
    if (!(message.tree().orElse(null) instanceof ObjectNode object)) {
      return message;
    }
    ObjectNode copy = object.deepCopy();
    copy.remove(SEQUENCE_ID);
    Verified again = verifier.verify(CanonicalJson.write(copy), null);
    return again.verdict() instanceof Verdict.Valid ? again : message;
  }

  private Replayed replayed(
      Origin origin,
      byte[] frame,
      Optional<JsonNode> tree,
      Optional<Verdict> verdict,
      boolean isAuthentic) {
    String topic = tree.map(node -> node.path(TOPIC).asText("")).orElse("");
    RawMessage raw =
        new RawMessage(origin, topic.getBytes(StandardCharsets.UTF_8), frame, clock.instant());
    return new Replayed(
        new Delivery(raw, tree, verdict),
        tree.map(ReplayReader::sequenceId).orElse(OptionalLong.empty()),
        isAuthentic);
  }

  private static OptionalLong sequenceId(JsonNode tree) {
    try {
      return Envelope.of(tree).sequenceId();
    } catch (MalformedEnvelopeException e) {
      return OptionalLong.empty();
    }
  }

  private static Optional<JsonNode> parse(byte[] frame) {
    try {
      return Optional.of(StrictJson.parse(frame, JsonLimits.DEFAULT));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
