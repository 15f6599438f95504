package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Writes the canonical form: what Python's sorted, compact {@code json.dumps} gives. Thread-safe.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /** Returns the canonical text of a value as ASCII bytes, owned by the caller. */
  public static byte[] write(JsonNode value) {
    throw new UnsupportedOperationException();
  }
}
