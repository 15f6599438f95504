package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads JSON texts exactly as strictly as Python's {@code json.loads} does. Thread-safe. */
public final class StrictJson {

  private StrictJson() {}

  /**
   * Reads one JSON text.
   *
   * @param utf8 the text; not kept, not changed
   * @param limits the bounds to keep
   * @return any JSON value, never null (the JSON null is a node)
   * @throws MalformedJsonException if the bytes are not UTF-8, not JSON, or beyond a limit
   */
  public static JsonNode parse(byte[] utf8, JsonLimits limits) {
    throw new UnsupportedOperationException();
  }
}
