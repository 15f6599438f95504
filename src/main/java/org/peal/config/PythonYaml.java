package org.peal.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peal.config.PythonTree.Entry;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a text into a {@link PythonTree}. For one text, one thread.
 *
 * <p>As in {@link YamlNodes}, what aliases expand to is counted and its depth is bounded.
 */
final class PythonYaml {

  static final int MAX_VALUES = 500_000;

  private final Place source;
  private int values;
  private int depth;

  PythonYaml(Place source) {
    this.source = source;
  }

  PythonTree parse(String text) {
    Node root = new YamlReader(source).compose(text, new PythonResolver(), PythonTree.MAX_LENGTH);
    return root == null ? new Scalar(null, "", source) : tree(root);
  }

  private PythonTree tree(Node node) {
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
      return node instanceof SequenceNode list ? sequence(list) : scalar((ScalarNode) node);
    } finally {
      depth--;
    }
  }

  private Sequence sequence(SequenceNode node) {
    require(node, Tag.SEQ);
    List<PythonTree> items = new ArrayList<>(node.getValue().size());
    for (Node item : node.getValue()) {
      items.add(tree(item));
    }
    return new Sequence(items, place(node));
  }

  /** What is merged in comes first, and is replaced where the mapping says the same itself. */
  private Mapping mapping(MappingNode node) {
    require(node, Tag.MAP);
    Map<Object, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(entries, tuple.getValueNode());
      }
    }
    Map<Object, Entry> own = new LinkedHashMap<>();
    List<Scalar> duplicates = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        Entry entry = new Entry(key(tuple.getKeyNode()), tree(tuple.getValueNode()));
        if (replace(own, entry)) {
          duplicates.add(entry.key());
        }
      }
    }
    own.values().forEach(entry -> replace(entries, entry));
    return new Mapping(entries, duplicates, place(node));
  }

  /** Puts an entry where its key first stood, with the key that stood there, as Python does. */
  private static boolean replace(Map<Object, Entry> entries, Entry entry) {
    Object key = Mapping.keyOf(entry.key());
    Entry first = entries.get(key);
    entries.put(key, first == null ? entry : new Entry(first.key(), entry.value()));
    return first != null;
  }

  private void merge(Map<Object, Entry> entries, Node node) {
    List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    // Of several, the first wins.
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (!(tree(nodes.get(i)) instanceof Mapping from)) {
        throw problem(nodes.get(i), "only maps can be merged with <<");
      }
      from.entries().values().forEach(entry -> replace(entries, entry));
    }
  }

  private Scalar key(Node node) {
    if (!(node instanceof ScalarNode key)) {
      throw problem(node, "key must be a single value");
    }
    boolean equalsSign = key.getTag().equals(PythonResolver.VALUE);
    return equalsSign ? new Scalar("=", "=", place(key)) : scalar(key);
  }

  private Scalar scalar(ScalarNode node) {
    try {
      return new Scalar(
          PythonScalars.read(node.getTag(), node.getValue()), node.getValue(), place(node));
    } catch (IllegalArgumentException e) {
      throw problem(node, e.getMessage() + ": " + node.getValue());
    }
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
