package org.peal.json;

/**
 * Bounds that are checked while a JSON text is read. Immutable.
 *
 * @param maxBytes the longest text, in bytes of UTF-8
 * @param maxDepth the deepest nesting of arrays and objects, at most 1000
 * @param maxIntegerDigits the most digits in an integer token, without its sign
 * @param maxValues the most objects, arrays and scalars in all; each takes many times its text in
 *     memory
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxIntegerDigits, int maxValues) {

  /** 16 MiB, 500 levels, the 4300 digits at which Python itself stops, and 1,000,000 values. */
  public static final JsonLimits DEFAULT = new JsonLimits(16 << 20, 500, 4300, 1_000_000);

  /** The greatest depth that may be allowed: trees are walked by recursion. */
  static final int MAX_DEPTH = 1000;

  public JsonLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxIntegerDigits < 1 || maxValues < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
    if (maxDepth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "depth limit must be at most %d: %d".formatted(MAX_DEPTH, maxDepth));
    }
  }
}
