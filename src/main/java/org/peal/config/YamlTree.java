package org.peal.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A YAML 1.1, JSON or TOML text as data, each value with its place. Immutable.
 *
 * <p>Only plain data exists here: a tag that asks for anything else is refused while reading.
 */
public sealed interface YamlTree {

  /** Returns where this value begins. */
  Place place();

  /** Returns the same data as a plain tree. */
  JsonNode toJson();

  /** Returns how to call this value in a message to people. */
  String describe();

  /**
   * Reads one file of at most 1 MiB; an empty one gives a null scalar. A file whose name ends in
   * {@code .toml} is TOML, every other one YAML.
   *
   * @throws ConfigException naming file, line and column
   */
  static YamlTree read(Path file) {
    return file.toString().endsWith(".toml") ? TomlReader.read(file) : YamlReader.read(file);
  }

  /**
   * Reads a text; every value in it is placed relative to {@code source}.
   *
   * @throws ConfigException naming source, line and column
   */
  static YamlTree parse(String text, Place source) {
    return new YamlReader(source).parse(text);
  }

  /**
   * A single value.
   *
   * @param value null, {@link Boolean}, {@link Integer}, {@link Long}, {@link BigInteger}, {@link
   *     Double} or {@link String}
   * @param text the value as it was written, without quotes
   */
  record Scalar(@Nullable Object value, String text, Place place) implements YamlTree {
    @Override
    public JsonNode toJson() {
      JsonNodeFactory json = JsonNodeFactory.instance;
      if (value instanceof Boolean truth) {
        return json.booleanNode(truth);
      } else if (value instanceof Integer number) {
        return json.numberNode(number);
      } else if (value instanceof Long number) {
        return json.numberNode(number);
      } else if (value instanceof BigInteger number) {
        return json.numberNode(number);
      } else if (value instanceof Double number) {
        return json.numberNode(number);
      }
      return value == null ? json.nullNode() : json.textNode(text);
    }

    @Override
    public String describe() {
      String shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
      return value == null ? "nothing" : value instanceof String ? "\"" + shown + "\"" : shown;
    }
  }

  /** An ordered list of values. */
  record Sequence(List<YamlTree> items, Place place) implements YamlTree {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public JsonNode toJson() {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> array.add(item.toJson()));
      return array;
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /** Values by name, in the order in which they were written. */
  record Mapping(Map<String, Field> fields, Place place) implements YamlTree {
    public Mapping {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns the value of a field, or null when there is no such field. */
    public @Nullable YamlTree get(String name) {
      Field field = fields.get(name);
      return field == null ? null : field.value();
    }

    @Override
    public JsonNode toJson() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      fields.forEach((name, field) -> object.set(name, field.value().toJson()));
      return object;
    }

    @Override
    public String describe() {
      return "a map";
    }
  }

  /**
   * A name and its value in a mapping.
   *
   * @param place where the name stands
   */
  record Field(String name, Place place, YamlTree value) {}
}
