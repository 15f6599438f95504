package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What names a module build, as its message says. Immutable.
 *
 * @param name the module
 * @param stream the stream, hyphens and all
 * @param version digits
 * @param context usually eight hexadecimal digits
 */
public record ModuleBuild(String name, String stream, String version, String context) {

  /** The fields of a message, and of a modulemd, that name a build. */
  static final List<String> FIELDS = List.of("name", "stream", "version", "context");

  /** Returns what the body of a message names, if it names a build. */
  public static Optional<ModuleBuild> in(JsonNode body) {
    try {
      return Optional.of(of(body));
    } catch (MatchException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the four fields of a message body.
   *
   * @throws MatchException if one is missing or not what it should be
   */
  static ModuleBuild of(JsonNode body) throws MatchException {
    for (String field : FIELDS) {
      if (!body.has(field)) {
        throw new MatchException("KeyError", "message has no \"" + field + "\"");
      }
    }
    return new ModuleBuild(
        text(body, "name"), text(body, "stream"), text(body, "version"), text(body, "context"));
  }

  private static String text(JsonNode body, String field) throws MatchException {
    JsonNode value = body.get(field);
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw new MatchException("TypeError", "message's \"" + field + "\" must be text: " + value);
    }
    return value.asText();
  }

  /** Returns the field that names the build, if this is one of the four. */
  Optional<String> field(Object key) {
    if ("name".equals(key)) {
      return Optional.of(name);
    } else if ("stream".equals(key)) {
      return Optional.of(stream);
    } else if ("version".equals(key)) {
      return Optional.of(version);
    }
    return "context".equals(key) ? Optional.of(context) : Optional.empty();
  }

  /** Returns the two builds in Koji: the module itself, then its twin with what was left out. */
  public List<String> nvrs() {
    return List.of(nvr(name), nvr(name + "-devel"));
  }

  private String nvr(String module) {
    return module + "-" + stream.replace('-', '_') + "-" + version + "." + context;
  }

  /** Returns {@code name:stream:version:context}. */
  @Override
  public String toString() {
    return name + ":" + stream + ":" + version + ":" + context;
  }
}
