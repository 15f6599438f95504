package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Verdict;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.Scheme;

/** Messages as they come to printers. Stateless. */
final class Samples {

  private Samples() {}

  static JsonNode json(String text) {
    try {
      return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static Verdict valid(String signer) {
    return new Verdict.Valid(
        signer, Scheme.X509, Verdict.Coverage.ENVELOPE, Optional.of(KeyKind.RSA));
  }

  /** Returns a delivery of a payload that may be no JSON at all. */
  static Delivery delivery(String topic, String payload, @Nullable Verdict verdict) {
    RawMessage raw =
        new RawMessage(
            new Origin("relay_outbound", "tcp://127.0.0.1:4001"),
            topic.getBytes(StandardCharsets.UTF_8),
            payload.getBytes(StandardCharsets.UTF_8),
            Instant.parse("2026-01-02T03:04:05.123456789Z"));
    return new Delivery(raw, tree(payload), Optional.ofNullable(verdict));
  }

  private static Optional<JsonNode> tree(String payload) {
    try {
      return Optional.of(json(payload));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
