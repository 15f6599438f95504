package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.peal.config.Doc;
import org.peal.config.YamlTree;

/** The list of bindings. Immutable. */
@Doc("list of: `queue`, `exchange`, `routing-keys`")
public record BindingsConfig(List<Binding> bindings) {

  private static final Set<String> KEYS = Set.of("queue", "exchange", "routing-keys");

  public BindingsConfig {
    bindings = List.copyOf(bindings);
  }

  /** Reads them from a configuration; one binding need not be in a list. */
  static BindingsConfig parse(YamlTree said) {
    JsonNode tree = said.toJson();
    List<Binding> bindings = new ArrayList<>();
    for (JsonNode item : tree.isArray() ? tree : List.of(tree)) {
      bindings.add(binding(item));
    }
    return new BindingsConfig(bindings);
  }

  private static Binding binding(JsonNode item) {
    if (!(item instanceof ObjectNode table)) {
      throw new IllegalArgumentException("a binding must be a map, but is " + item);
    }
    for (var member : table.properties()) {
      if (!KEYS.contains(member.getKey())) {
        throw new IllegalArgumentException("unknown key of a binding: " + member.getKey());
      }
    }
    List<String> keys = new ArrayList<>();
    JsonNode said = table.path("routing-keys");
    for (JsonNode key : said.isArray() ? said : List.of(said)) {
      keys.add(text(key, "routing-keys", "#"));
    }
    return new Binding(
        text(table.path("queue"), "queue", ""),
        text(table.path("exchange"), "exchange", AmqpConfig.TOPIC_EXCHANGE),
        keys);
  }

  private static String text(JsonNode value, String key, String otherwise) {
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(key + " of a binding must be text, but is " + value);
    }
    return value.textValue();
  }

  /** Returns what holds when nothing is said: everything of {@code amq.topic}. */
  static BindingsConfig defaults() {
    return new BindingsConfig(List.of(new Binding("", AmqpConfig.TOPIC_EXCHANGE, List.of("#"))));
  }

  @Override
  public String toString() {
    return bindings.toString();
  }
}
