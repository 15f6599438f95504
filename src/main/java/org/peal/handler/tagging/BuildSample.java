package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peal.config.ConfigException;
import org.peal.config.Place;

/**
 * A build to try rules on: what its message says, and its metadata. Immutable.
 *
 * @param body not to be changed
 */
public record BuildSample(JsonNode body, Modulemd modulemd) {

  /** Returns the build that a modulemd describes, in a state. */
  public static BuildSample of(Modulemd modulemd, String state) {
    return new BuildSample(modulemd.toBody(state), modulemd);
  }

  /**
   * Reads a build as the Module Build Service shows it, with the text of its modulemd in it.
   *
   * @throws ConfigException if it has no modulemd that can be used
   */
  static BuildSample ofListing(JsonNode item, Place place) {
    if (!item.path("modulemd").isTextual()) {
      throw new ConfigException(
          place, "", "build has no \"modulemd\": list builds with verbose=true");
    }
    ObjectNode body = item.deepCopy();
    String text = body.remove("modulemd").textValue();
    return new BuildSample(body, Modulemd.parse(text, place));
  }

  /** Decides about this build by rules. */
  public Decision decide(TaggingSettings settings, Rules rules) {
    return new TaggingEngine(settings)
        .decide(
            body,
            new TaggingEngine.Inputs() {
              @Override
              public Rules rules() {
                return rules;
              }

              @Override
              public Modulemd modulemd(JsonNode message) {
                return modulemd;
              }
            });
  }

  /** Returns what names the build, as {@code name:stream:version:context}. */
  public String name() {
    return String.join(
        ":", ModuleBuild.FIELDS.stream().map(field -> body.path(field).asText("")).toList());
  }
}
