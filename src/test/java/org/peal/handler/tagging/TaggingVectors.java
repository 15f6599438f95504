package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** The recorded behaviour of the original, under {@code vectors/tagging}. */
public final class TaggingVectors {

  private TaggingVectors() {}

  /** One message with its surroundings, and what the original made of it. */
  public record Case(
      String id,
      boolean parity,
      JsonNode config,
      String rules,
      Optional<String> modulemd,
      JsonNode about,
      JsonNode body,
      JsonNode expected) {
    @Override
    public String toString() {
      return id;
    }
  }

  /** Returns the elements of a file that holds one JSON list. */
  static List<JsonNode> list(String file) {
    List<JsonNode> rows = new ArrayList<>();
    json(text(path(file))).forEach(rows::add);
    return rows;
  }

  public static List<Case> cases() {
    try (Stream<Path> folders = Files.list(path("cases"))) {
      return folders.sorted().map(TaggingVectors::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Case> random() {
    return text(path("random.jsonl")).lines().map(line -> random(json(line))).toList();
  }

  private static Case random(JsonNode row) {
    return new Case(
        row.get("id").textValue(),
        true,
        json("{}"),
        row.get("rules").textValue(),
        Optional.of(row.get("modulemd").textValue()),
        row,
        row.get("message"),
        row.get("expected"));
  }

  private static Case read(Path folder) {
    JsonNode about = json(text(folder.resolve("case.json")));
    Path modulemd = folder.resolve("modulemd.yaml");
    return new Case(
        about.get("id").textValue(),
        about.get("class").textValue().equals("parity"),
        about.get("config"),
        text(folder.resolve("rules.yaml")),
        Files.exists(modulemd) ? Optional.of(text(modulemd)) : Optional.empty(),
        about,
        json(text(folder.resolve("message.json"))).get("body"),
        json(text(folder.resolve("expected.json"))));
  }

  static JsonNode json(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(TaggingVectors.class.getResource("/vectors/tagging/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
