package org.peal.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** Trees from text: as the tests write it, or as Python wrote it in the vectors. */
final class Trees {

  private Trees() {}

  static JsonNode parse(String json) {
    return StrictJson.parse(json.getBytes(UTF_8), JsonLimits.DEFAULT);
  }

  static List<JsonNode> vectors(String name) {
    try (InputStream in = Trees.class.getResourceAsStream("/vectors/fedmsg/" + name)) {
      String text = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
      return text.lines().map(Trees::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
