package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peal.config.ConfigException;
import org.peal.config.ConfigReference;
import org.peal.config.YamlTree;
import org.peal.endpoint.EndpointFiles;
import org.peal.json.CanonicalJson;

/**
 * A configuration folder that means what a dump of {@code fedmsg-config} means. Immutable.
 *
 * @param files the texts of the files by their names within the folder
 * @param left the keys that have no counterpart, with the reasons, in the order of the dump
 */
public record FedmsgImport(Map<String, String> files, Map<String, String> left) {

  private static final int WIDTH = 90;
  private static final String POLICY = "policy.yaml";
  private static final List<String> ADDRESSES =
      List.of("endpoints", "srv_endpoints", "replay_endpoints");

  public FedmsgImport {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
  }

  /**
   * Reads a dump.
   *
   * @throws ConfigException if it is none, or says what Peal cannot follow
   */
  public static FedmsgImport read(Path file) {
    YamlTree tree = YamlTree.read(file);
    if (!(tree instanceof YamlTree.Mapping dump) || !FedmsgConfig.isDump(dump)) {
      throw new ConfigException(
          tree.place(), "", "file must be the JSON that fedmsg-config prints");
    }
    // Its mistakes are told before anything is written.
    EndpointFiles.read(file);
    Map<String, String> left = new LinkedHashMap<>();
    FedmsgConfig.unused(dump).stream()
        .filter(key -> !ADDRESSES.contains(key))
        .forEach(key -> left.put(key, FedmsgKeys.whyNot(key)));
    Map<String, String> files = new LinkedHashMap<>();
    files.put("peal.yaml", settings(file, dump, left));
    String addresses = addresses(file, dump);
    if (!addresses.isEmpty()) {
      files.put("endpoints.d/fedmsg.yaml", addresses);
    }
    if (dump.get("routing_policy") instanceof YamlTree.Mapping policy
        && !policy.fields().isEmpty()) {
      files.put(POLICY, head(file, "Which signers may use which topic.") + block(policy, ""));
    }
    return new FedmsgImport(files, left);
  }

  private static String head(Path file, String meaning) {
    String name = String.valueOf(file.getFileName()).replaceAll("[^\\x20-\\x7e]", "?");
    return "# Made by peal config import-fedmsg from " + name + ".\n# " + meaning + "\n";
  }

  private static String addresses(Path file, YamlTree.Mapping dump) {
    StringBuilder text = new StringBuilder();
    for (String key : ADDRESSES) {
      YamlTree value = dump.get(key);
      if (value != null && !isEmpty(value)) {
        text.append(key).append(":").append(nested(value, "  "));
      }
    }
    return text.isEmpty()
        ? ""
        : head(file, "Publishers; every subscriber connects to all of them.") + text;
  }

  private static boolean isEmpty(YamlTree value) {
    return value instanceof YamlTree.Mapping mapping && mapping.fields().isEmpty()
        || value instanceof YamlTree.Sequence list && list.items().isEmpty()
        || value instanceof YamlTree.Scalar scalar && scalar.value() == null;
  }

  private static String settings(Path file, YamlTree.Mapping dump, Map<String, String> left) {
    StringBuilder text = new StringBuilder(head(file, "docs/configuration.md lists all keys."));
    if (!left.isEmpty()) {
      text.append("#\n# Not carried over:\n");
      left.forEach((key, reason) -> text.append(comment("", oneLine(key) + ": " + reason)));
    }
    Map<String, String> meanings = new LinkedHashMap<>();
    ConfigReference.explanations(PealConfig.class).forEach(e -> meanings.put(e.key(), e.meaning()));
    FedmsgConfig.translate(dump)
        .fields()
        .values()
        .forEach(section -> section(section, meanings, file, text));
    return text.toString();
  }

  private static void section(
      YamlTree.Field section, Map<String, String> meanings, Path file, StringBuilder text) {
    // The files beside this one are found by themselves.
    if (section.name().equals("endpoints") || !(section.value() instanceof YamlTree.Mapping said)) {
      return;
    }
    text.append("\n").append(section.name()).append(":\n");
    for (YamlTree.Field field : said.fields().values()) {
      String key = section.name() + "." + field.name();
      text.append(comment("  ", meanings.getOrDefault(key, key).replace("`", "")));
      text.append("  ").append(field.name()).append(":").append(value(key, field.value(), file));
    }
  }

  private static String value(String key, YamlTree value, Path file) {
    return switch (key) {
      case "crypto.policy" -> " " + POLICY + "\n";
      case "crypto.ca", "crypto.crl", "crypto.directory" ->
          value instanceof YamlTree.Scalar scalar
              ? " " + quoted(located(scalar.text(), file)) + "\n"
              : nested(value, "    ");
      default -> nested(value, "    ");
    };
  }

  /** A relative path starts from the dump's folder, which the new file is not in. */
  private static String located(String text, Path file) {
    return text.contains("://")
        ? text
        : file.toAbsolutePath().resolveSibling(text).normalize().toString();
  }

  private static String nested(YamlTree value, String indent) {
    return value instanceof YamlTree.Scalar || isEmpty(value)
        ? " " + json(value.toJson()) + "\n"
        : "\n" + block(value, indent);
  }

  private static String block(YamlTree value, String indent) {
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
}
