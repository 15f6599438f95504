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
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.scanner.ScannerImpl;

/** Reads a text into a {@link PythonTree}. For one text, one thread. */
final class PythonYaml extends NodeWalk<PythonTree> {

  static final int MAX_VALUES = 500_000;

  private final Place source;

  PythonYaml(Place source) {
    super(source, MAX_VALUES);
    this.source = source;
  }

  PythonTree parse(String text) {
    Node root =
        new YamlReader(source)
            .compose(
                text,
                (reader, limits) ->
                    new PythonParser(new PythonScanner(text, new ScannerImpl(reader, limits))),
                new PythonResolver(),
                PythonTree.MAX_LENGTH);
    return root == null ? new Scalar(null, "", source) : tree(root);
  }

  @Override
  PythonTree sequence(List<PythonTree> items, Place place) {
    return new Sequence(items, place);
  }

  /** What is merged in comes first, and is replaced where the mapping says the same itself. */
  @Override
  Mapping mapping(MappingNode node) {
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
    List<Mapping> sources = merged(node, Mapping.class);
    // Of several, the first wins.
    for (int i = sources.size() - 1; i >= 0; i--) {
      sources.get(i).entries().values().forEach(entry -> replace(entries, entry));
    }
  }

  private Scalar key(Node node) {
    if (!(node instanceof ScalarNode key)) {
      throw problem(node, "key must be a single value");
    }
    boolean equalsSign = key.getTag().equals(PythonResolver.VALUE);
    return equalsSign ? new Scalar("=", "=", place(key)) : scalar(key);
  }

  @Override
  Scalar scalar(ScalarNode node) {
    try {
      return new Scalar(
          PythonScalars.read(node.getTag(), node.getValue()), node.getValue(), place(node));
    } catch (IllegalArgumentException e) {
      throw problem(node, e.getMessage() + ": " + node.getValue());
    }
  }
}
