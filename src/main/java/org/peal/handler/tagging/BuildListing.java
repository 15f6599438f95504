package org.peal.handler.tagging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.Problem;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/**
 * Reads builds as the Module Build Service lists them: an answer with {@code items}, a list of
 * builds, or one build a line. For one file, one thread.
 */
public final class BuildListing {

  private final Path file;
  private final List<BuildSample> builds = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private BuildListing(Path file) {
    this.file = file;
  }

  /**
   * Reads a file's content.
   *
   * @throws ConfigException with all that is wrong in it
   */
  public static List<BuildSample> read(Path file, byte[] utf8) {
    BuildListing listing = new BuildListing(file);
    try {
      listing.all(StrictJson.parse(utf8, JsonLimits.DEFAULT), "");
    } catch (MalformedJsonException notOne) {
      listing.lines(new String(utf8, UTF_8));
    }
    if (!listing.problems.isEmpty()) {
      throw new ConfigException(listing.problems);
    }
    return listing.builds;
  }

  private void lines(String text) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        line(line, "line " + number);
      }
    }
  }

  private void line(String line, String which) {
    try {
      all(StrictJson.parse(line.getBytes(UTF_8), JsonLimits.DEFAULT), which);
    } catch (MalformedJsonException e) {
      problems.add(new Problem(Place.of(file), which, e.getMessage()));
    }
  }

  private void all(JsonNode json, String which) {
    JsonNode list = json.path("items").isArray() ? json.get("items") : json;
    if (!list.isArray()) {
      one(list, which);
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      one(list.get(i), (which.isEmpty() ? "" : which + ", ") + "build " + (i + 1));
    }
  }

  private void one(JsonNode json, String which) {
    if (!json.isObject()) {
      problems.add(new Problem(Place.of(file), which, "build must be an object"));
      return;
    }
    try {
      builds.add(
          BuildSample.ofListing(json, Place.at(file + (which.isEmpty() ? "" : ", " + which))));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
  }
}
