package org.peal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peal.filter.FilterException;
import org.peal.filter.Subject;
import org.peal.filter.ValuePath;
import org.peal.message.Severity;

/** A kind of messages that a file declares. Thread-safe. */
final class DeclaredSchema implements MessageSchema {

  private final String name;
  private final SchemaFile file;
  private final Optional<JsonSchemas.Check> body;
  private final Optional<JsonSchemas.Check> headers;
  private final SummaryTemplate summary;

  /** What headers about whom or what begin with, in the order in which they are written. */
  private final Map<String, List<ValuePath>> families = new LinkedHashMap<>();

  /**
   * Makes one of what a file says.
   *
   * @param name the name if the file gives none
   * @throws IllegalArgumentException if a path or a schema in it is wrong, saying which
   */
  DeclaredSchema(String name, SchemaFile file, JsonSchemas compiler) {
    this.name = file.name().orElse(name);
    this.file = file;
    this.body = file.bodySchema().map(table -> compiler.compile(table.tree()));
    this.headers = file.headerSchema().map(table -> compiler.compile(table.tree()));
    this.summary = SummaryTemplate.parse(file.summary().orElse("{topic}"));
    family("user", file.usernames());
    family("group", file.groups());
    family("rpm", file.packages());
    family("container", file.containers());
    family("module", file.modules());
    family("flatpak", file.flatpaks());
  }

  private void family(String word, List<String> paths) {
    families.put(
        "fedora_messaging_" + word + "_", paths.stream().map(DeclaredSchema::path).toList());
  }

  static ValuePath path(String text) {
    try {
      return ValuePath.parse(text);
    } catch (FilterException e) {
      throw new IllegalArgumentException("path \"" + text + "\": " + e.getMessage(), e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> packageName() {
    return file.packageName();
  }

  @Override
  public String topic() {
    return file.topic().orElse("");
  }

  @Override
  public Severity severity() {
    return file.severity();
  }

  @Override
  public boolean isDeprecated() {
    return Boolean.TRUE.equals(file.deprecated());
  }

  @Override
  public Optional<String> problem(ObjectNode headerTree, ObjectNode bodyTree) {
    return headers
        .flatMap(check -> check.problem(headerTree))
        .map(problem -> "headers do not fit schema " + name + " at " + problem)
        .or(
            () ->
                body.flatMap(check -> check.problem(bodyTree))
                    .map(problem -> "body does not fit schema " + name + " at " + problem));
  }

  @Override
  public List<String> filterHeaders(ObjectNode bodyTree) {
    Subject subject = subject("", bodyTree);
    Set<String> names = new LinkedHashSet<>();
    families.forEach(
        (prefix, paths) ->
            paths.forEach(
                path -> path.values(subject).forEach(value -> add(prefix, value, names))));
    return List.copyOf(names);
  }

  /** A list stands for each of its elements; other trees name nobody. */
  private static void add(String prefix, JsonNode value, Set<String> names) {
    if (value.isArray()) {
      value.forEach(
          element -> {
            if (element.isValueNode()) {
              add(prefix, element, names);
            }
          });
    } else if (value.isValueNode() && !value.isNull()) {
      names.add(prefix + value.asText());
    }
  }

  @Override
  public String summary(String topic, ObjectNode bodyTree) {
    return summary.fill(subject(topic, bodyTree));
  }

  private static Subject subject(String topic, ObjectNode bodyTree) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("topic", topic);
    envelope.set("msg", bodyTree);
    return new Subject(envelope, Optional.empty());
  }
}
