package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Writes what Python's {@code json.dumps} gives without further settings: a space after commas and
 * colons. It is what fedora-messaging puts into messages and files. Thread-safe.
 */
public final class SpacedJson {

  private static final CanonicalWriter.Form WIRE = new CanonicalWriter.Form(false, true, true);
  private static final CanonicalWriter.Form FILE = new CanonicalWriter.Form(true, true, false);

  private SpacedJson() {}

  /**
   * Returns a value as messages carry it: keys in their order, everything outside ASCII escaped.
   *
   * @throws IllegalArgumentException if the tree holds a node that is no JSON value
   */
  public static byte[] write(JsonNode value) {
    return write(value, WIRE);
  }

  /**
   * Returns a value as files hold it: keys sorted at all levels, everything outside ASCII as UTF-8,
   * but for halves of surrogate pairs, which are escaped.
   *
   * @throws IllegalArgumentException if the tree holds a node that is no JSON value
   */
  public static byte[] writeSorted(JsonNode value) {
    return write(value, FILE);
  }

  private static byte[] write(JsonNode value, CanonicalWriter.Form form) {
    CanonicalWriter writer = new CanonicalWriter(form);
    writer.value(value);
    return writer.toBytes();
  }
}
