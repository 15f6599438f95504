package org.peal.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns composed nodes into a {@link YamlTree}. For one text, one thread. */
final class YamlNodes extends NodeWalk<YamlTree> {

  static final int MAX_VALUES = 100_000;
  static final int MAX_NUMBER_LENGTH = 400;

  private static final Set<Tag> TEXT =
      Set.of(Tag.STR, Tag.TIMESTAMP, new Tag(Tag.PREFIX + "value"));

  YamlNodes(Place source) {
    super(source, MAX_VALUES);
  }

  @Override
  YamlTree mapping(MappingNode node) {
    Map<String, YamlTree.Field> fields = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merged.add(tuple.getValueNode());
      } else {
        add(fields, field(tuple));
      }
    }
    // What the mapping says itself wins over what it merges in, wherever the merge key stands.
    for (Node other : merged) {
      merged(other, YamlTree.Mapping.class)
          .forEach(from -> from.fields().forEach(fields::putIfAbsent));
    }
    return new YamlTree.Mapping(fields, place(node));
  }

  private void add(Map<String, YamlTree.Field> fields, YamlTree.Field field) {
    YamlTree.Field first = fields.putIfAbsent(field.name(), field);
    if (first != null) {
      throw new ConfigException(
          field.place(),
          "",
          "duplicate key \"" + field.name() + "\", first on line " + first.place().line());
    }
  }

  private YamlTree.Field field(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key) || !isKey(key.getTag())) {
      throw problem(tuple.getKeyNode(), "key must be plain text");
    }
    return new YamlTree.Field(key.getValue(), place(key), tree(tuple.getValueNode()));
  }

  private static boolean isKey(Tag tag) {
    return TEXT.contains(tag)
        || Set.of(Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.NULL, Tag.MERGE).contains(tag);
  }

  @Override
  YamlTree sequence(List<YamlTree> items, Place place) {
    return new YamlTree.Sequence(items, place);
  }

  @Override
  YamlTree scalar(ScalarNode node) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (TEXT.contains(tag) || tag.equals(Tag.MERGE)) {
      return new YamlTree.Scalar(text, text, place(node));
    } else if (tag.equals(Tag.NULL)) {
      return new YamlTree.Scalar(null, text, place(node));
    } else if (!tag.equals(Tag.BOOL) && !tag.equals(Tag.INT) && !tag.equals(Tag.FLOAT)) {
      throw notPlain(node);
    } else if (text.length() > MAX_NUMBER_LENGTH) {
      throw problem(node, "number must have at most " + MAX_NUMBER_LENGTH + " characters");
    }
    Object value = YamlNumbers.read(tag, text);
    if (value == null) {
      throw problem(node, "not a value of type " + tag.getValue() + ": " + text);
    }
    return new YamlTree.Scalar(value, text, place(node));
  }
}
