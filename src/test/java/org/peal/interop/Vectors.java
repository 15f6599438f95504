package org.peal.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/** The recorded test data under {@code vectors/fedmsg}. */
final class Vectors {

  private Vectors() {}

  /** Returns the rows of a file, such as {@code messages.jsonl}. */
  static List<JsonNode> rows(String file) {
    try {
      return Files.readAllLines(path(file)).stream().map(Vectors::json).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the absolute path of a file of the test authority, such as {@code ca.crt}. */
  static String pki(String file) {
    return path("pki/" + file).toString();
  }

  /** Reads one JSON text; fails the test if it is none. */
  static JsonNode json(String text) {
    try {
      return StrictJson.parse(
          text.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static Path path(String file) {
    try {
      return Path.of(Vectors.class.getResource("/vectors/fedmsg/" + file).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
