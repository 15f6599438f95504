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
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns composed nodes into a {@link YamlTree}. For one text, one thread.
 *
 * <p>Aliases let a small text stand for a huge tree, or for an endless one; so what they expand to
 * is counted and its depth is bounded.
 */
final class YamlNodes {

  static final int MAX_VALUES = 100_000;
  static final int MAX_NUMBER_LENGTH = 400;

  private static final Set<Tag> TEXT =
      Set.of(Tag.STR, Tag.TIMESTAMP, new Tag(Tag.PREFIX + "value"));

  private final Place source;
  private int values;
  private int depth;

  YamlNodes(Place source) {
    this.source = source;
  }

  YamlTree tree(Node node) {
    if (++values > MAX_VALUES) {
      throw problem(node, "text must have at most " + MAX_VALUES + " values, aliases included");
    }
    if (++depth > YamlReader.MAX_DEPTH) {
      throw problem(node, "values must nest at most " + YamlReader.MAX_DEPTH + " deep");
    }
    try {
      if (node instanceof MappingNode mapping) {
        return mapping(mapping);
      }
      return node instanceof SequenceNode sequence ? sequence(sequence) : scalar((ScalarNode) node);
    } finally {
      depth--;
    }
  }

  private YamlTree mapping(MappingNode node) {
    require(node, Tag.MAP);
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
      sources(other).forEach(from -> from.fields().forEach(fields::putIfAbsent));
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

  private List<YamlTree.Mapping> sources(Node node) {
    List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    List<YamlTree.Mapping> result = new ArrayList<>();
    for (Node each : nodes) {
      if (!(tree(each) instanceof YamlTree.Mapping mapping)) {
        throw problem(each, "only maps can be merged with <<");
      }
      result.add(mapping);
    }
    return result;
  }

  private YamlTree sequence(SequenceNode node) {
    require(node, Tag.SEQ);
    List<YamlTree> items = new ArrayList<>(node.getValue().size());
    for (Node item : node.getValue()) {
      items.add(tree(item));
    }
    return new YamlTree.Sequence(items, place(node));
  }

  private YamlTree scalar(ScalarNode node) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (TEXT.contains(tag) || tag.equals(Tag.MERGE)) {
      return new YamlTree.Scalar(text, text, place(node));
    } else if (tag.equals(Tag.NULL)) {
      return new YamlTree.Scalar(null, text, place(node));
    } else if (!tag.equals(Tag.BOOL) && !tag.equals(Tag.INT) && !tag.equals(Tag.FLOAT)) {
      throw problem(node, "tag " + tag.getValue() + " is not allowed: only plain data is");
    } else if (text.length() > MAX_NUMBER_LENGTH) {
      throw problem(node, "number must have at most " + MAX_NUMBER_LENGTH + " characters");
    }
    Object value = YamlNumbers.read(tag, text);
    if (value == null) {
      throw problem(node, "not a value of type " + tag.getValue() + ": " + text);
    }
    return new YamlTree.Scalar(value, text, place(node));
  }

  private void require(Node node, Tag tag) {
    if (!node.getTag().equals(tag)) {
      throw problem(
          node, "tag " + node.getTag().getValue() + " is not allowed: only plain data is");
    }
  }

  private Place place(Node node) {
    return YamlReader.at(source, node.getStartMark());
  }

  private ConfigException problem(Node node, String text) {
    return new ConfigException(place(node), "", text);
  }
}
