package org.peal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Reads the test vectors that Python made. */
final class Vectors {

  private Vectors() {}

  static List<JsonNode> read(String name) {
    return lines(name).stream().map(line -> StrictJson.parse(line, JsonLimits.DEFAULT)).toList();
  }

  private static List<byte[]> lines(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/fedmsg/" + name)) {
      String text = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
      return text.lines().map(line -> line.getBytes(UTF_8)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
