package org.peal.message;

import static java.util.Objects.requireNonNullElse;

import org.peal.config.Doc;

/** The {@code topic} section: what every own topic begins with. Immutable. */
@Doc("What every topic that this node publishes begins with.")
public record TopicConfig(
    @Doc("First segments of every topic.") String prefix,
    @Doc("Segment after the prefix: `prod`, `stg` or `dev`.") String environment) {

  public TopicConfig {
    prefix = requireNonNullElse(prefix, "org.fedoraproject");
    environment = requireNonNullElse(environment, "dev");
    requireSegments("prefix", prefix);
    requireSegments("environment", environment);
    if (environment.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          "environment must be one segment without dots: \"" + environment + "\"");
    }
  }

  /** Returns the rule that makes full topics. */
  public TopicNaming naming() {
    return new TopicNaming(prefix, environment);
  }

  private static void requireSegments(String key, String value) {
    if (value.isEmpty() || value.startsWith(".") || value.endsWith(".") || value.contains("..")) {
      throw new IllegalArgumentException(
          key + " must be segments with single dots between them: \"" + value + "\"");
    }
  }
}
