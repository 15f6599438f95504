package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.peal.config.ConfigReference;
import org.peal.config.YamlTree;
import org.peal.json.CanonicalJson;

/**
 * Writes another program's settings as a configuration file of Peal, each with its meaning as a
 * comment. Immutable.
 *
 * @param command which command makes it
 * @param original the file that the settings come from
 */
record ImportedYaml(String command, Path original) {

  private static final int WIDTH = 90;

  /** Writes some values in a way of their own. */
  interface Exceptions {
    /** Returns what stands behind the key's colon, with the end of the line; empty as usual. */
    Optional<String> write(String key, YamlTree value);
  }

  /** Returns the comment that begins a file. */
  String head(String meaning) {
    String name = oneLine(String.valueOf(original.getFileName()));
    return "# Made by peal config " + command + " from " + name + ".\n# " + meaning + "\n";
  }

  /**
   * Returns the file of settings.
   *
   * @param settings under Peal's keys
   * @param left what has no counterpart, with the reasons
   */
  String settings(YamlTree.Mapping settings, Map<String, String> left, Exceptions exceptions) {
    StringBuilder text = new StringBuilder(head("docs/configuration.md lists all keys."));
    if (!left.isEmpty()) {
      text.append("#\n# Not carried over:\n");
      left.forEach((key, reason) -> text.append(comment("", oneLine(key) + ": " + reason)));
    }
    Map<String, String> meanings = new LinkedHashMap<>();
    ConfigReference.explanations(PealConfig.class).forEach(e -> meanings.put(e.key(), e.meaning()));
    settings.fields().values().forEach(section -> section(section, meanings, exceptions, text));
    return text.toString();
  }

  private static void section(
      YamlTree.Field section,
      Map<String, String> meanings,
      Exceptions exceptions,
      StringBuilder text) {
    // The files beside this one are found by themselves.
    if (section.name().equals("endpoints") || !(section.value() instanceof YamlTree.Mapping said)) {
      return;
    }
    text.append("\n").append(section.name()).append(":\n");
    for (YamlTree.Field field : said.fields().values()) {
      String key = section.name() + "." + field.name();
      text.append(comment("  ", meanings.getOrDefault(key, key).replace("`", "")));
      text.append("  ").append(field.name()).append(":");
      text.append(
          exceptions.write(key, field.value()).orElseGet(() -> nested(field.value(), "    ")));
    }
  }

  /** Returns a place of a file; a relative one starts from the original's folder. */
  Optional<String> file(YamlTree value) {
    return value instanceof YamlTree.Scalar scalar
        ? Optional.of(" " + quoted(beside(original, scalar.text())) + "\n")
        : Optional.empty();
  }

  /** Returns a place that a file names, in words that hold anywhere. */
  static String beside(Path file, String text) {
    return text.contains("://")
        ? text
        : file.toAbsolutePath().resolveSibling(text).normalize().toString();
  }

  /** Returns what stands behind a colon, with the end of the line. */
  static String nested(YamlTree value, String indent) {
    return value instanceof YamlTree.Scalar || isEmpty(value)
        ? " " + json(value.toJson()) + "\n"
        : "\n" + block(value, indent);
  }

  /** Returns the lines of a map or a list. */
  static String block(YamlTree value, String indent) {
    StringBuilder text = new StringBuilder();
    if (value instanceof YamlTree.Mapping mapping) {
      for (YamlTree.Field field : mapping.fields().values()) {
        text.append(indent).append(quoted(field.name())).append(":");
        text.append(nested(field.value(), indent + "  "));
      }
    } else if (value instanceof YamlTree.Sequence list) {
      // What is in a list is short; JSON is YAML as well.
      list.items()
          .forEach(
              item -> text.append(indent).append("- ").append(json(item.toJson())).append("\n"));
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return json(JsonNodeFactory.instance.textNode(text));
  }

  private static String json(JsonNode value) {
    return new String(CanonicalJson.write(value), StandardCharsets.US_ASCII);
  }

  private static String oneLine(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static String comment(String indent, String sentence) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (!line.isEmpty() && indent.length() + line.length() + word.length() > WIDTH) {
        text.append(indent).append("#").append(line).append("\n");
        line.setLength(0);
      }
      line.append(" ").append(word);
    }
    return text.append(indent).append("#").append(line).append("\n").toString();
  }

  static boolean isEmpty(YamlTree value) {
    return value instanceof YamlTree.Mapping mapping && mapping.fields().isEmpty()
        || value instanceof YamlTree.Sequence list && list.items().isEmpty()
        || value instanceof YamlTree.Scalar scalar && scalar.value() == null;
  }
}
