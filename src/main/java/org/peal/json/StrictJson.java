package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads JSON texts exactly as strictly as Python's {@code json.loads} does. Thread-safe. */
public final class StrictJson {

  private StrictJson() {}

  /**
   * Reads one JSON text.
   *
   * <p>Like Python it takes {@code NaN}, {@code Infinity} and {@code -Infinity}, lets the last of
   * equal keys win, keeps lone surrogate escapes, and keeps {@code 1} and {@code 1.0} apart.
   *
   * @param utf8 the text; not kept, not changed
   * @param limits the bounds to keep; the size is checked before anything else
   * @return any JSON value, never null (the JSON null is a node)
   * @throws MalformedJsonException if the bytes are not UTF-8, not JSON, or beyond a limit
   */
  public static JsonNode parse(byte[] utf8, JsonLimits limits) {
    if (utf8.length > limits.maxBytes()) {
      throw new MalformedJsonException(
          "text of %d bytes is longer than %d".formatted(utf8.length, limits.maxBytes()), 0, 0);
    }
    return TreeReader.read(StrictUtf8.decode(utf8), limits);
  }
}
