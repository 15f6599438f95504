package org.peal.config;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns composed nodes into a tree of plain data. For one text, one thread.
 *
 * <p>Aliases let a small text stand for a huge tree, or for an endless one; so what they expand to
 * is counted and its depth is bounded.
 *
 * @param <T> what a node becomes
 */
abstract class NodeWalk<T> {

  private final Place source;
  private final int maxValues;
  private int values;
  private int depth;

  NodeWalk(Place source, int maxValues) {
    this.source = source;
    this.maxValues = maxValues;
  }

  abstract T mapping(MappingNode node);

  abstract T sequence(List<T> items, Place place);

  abstract T scalar(ScalarNode node);

  final T tree(Node node) {
    if (++values > maxValues) {
      throw problem(node, "text must have at most " + maxValues + " values, aliases included");
    }
    if (++depth > YamlReader.MAX_DEPTH) {
      throw problem(node, "values must nest at most " + YamlReader.MAX_DEPTH + " deep");
    }
    try {
      if (node instanceof MappingNode mapping) {
        require(node, Tag.MAP);
        return mapping(mapping);
      }
      return node instanceof SequenceNode list ? sequence(list) : scalar((ScalarNode) node);
    } finally {
      depth--;
    }
  }

  private T sequence(SequenceNode node) {
    require(node, Tag.SEQ);
    List<T> items = new ArrayList<>(node.getValue().size());
    for (Node item : node.getValue()) {
      items.add(tree(item));
    }
    return sequence(items, place(node));
  }

  /** Returns the mappings that a merge key names, in their order, of which the first wins. */
  final <M extends T> List<M> merged(Node value, Class<M> mapping) {
    List<Node> nodes = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    List<M> result = new ArrayList<>();
    for (Node each : nodes) {
      T tree = tree(each);
      if (!mapping.isInstance(tree)) {
        throw problem(each, "only maps can be merged with <<");
      }
      result.add(mapping.cast(tree));
    }
    return result;
  }

  private void require(Node node, Tag tag) {
    if (!node.getTag().equals(tag)) {
      throw notPlain(node);
    }
  }

  final ConfigException notPlain(Node node) {
    return problem(node, "tag " + node.getTag().getValue() + " is not allowed: only plain data is");
  }

  final Place place(Node node) {
    return YamlReader.at(source, node.getStartMark());
  }

  final ConfigException problem(Node node, String text) {
    return new ConfigException(place(node), "", text);
  }
}
