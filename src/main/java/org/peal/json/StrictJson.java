package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** Reads JSON texts exactly as strictly as Python's {@code json.loads} does. Thread-safe. */
public final class StrictJson {

  /** What a byte becomes that is not ASCII. */
  private static final char NOT_ASCII = '\uFFFD';

  private static final String ESCAPE = "\\u";

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
    // Strings have methods for these questions that the machine does at once.
    String ascii = new String(utf8, StandardCharsets.US_ASCII);
    JsonNode plain = isPlain(ascii) ? PlainReader.read(utf8, ascii, limits) : null;
    return plain == null ? TreeReader.read(StrictUtf8.decode(utf8), limits) : plain;
  }

  /** Tells whether a text is ASCII without {@code u} escapes, as nearly all are. */
  private static boolean isPlain(String ascii) {
    return ascii.indexOf(NOT_ASCII) < 0 && !ascii.contains(ESCAPE);
  }
}
