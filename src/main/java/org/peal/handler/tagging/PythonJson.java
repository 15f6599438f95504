package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;

/** Shows what was read from YAML as JSON; dates and keys become text. Stateless. */
final class PythonJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PythonJson() {}

  static JsonNode of(PythonTree tree) {
    if (tree instanceof Sequence list) {
      ArrayNode array = JSON.arrayNode();
      list.items().forEach(item -> array.add(of(item)));
      return array;
    } else if (tree instanceof Mapping mapping) {
      ObjectNode object = JSON.objectNode();
      mapping
          .entries()
          .values()
          .forEach(entry -> object.set(PythonText.of(entry.key()), of(entry.value())));
      return object;
    }
    return of((Scalar) tree);
  }

  private static JsonNode of(Scalar scalar) {
    Object value = scalar.value();
    if (value == null) {
      return JSON.nullNode();
    } else if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    } else if (value instanceof BigInteger number) {
      return JSON.numberNode(number);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      return JSON.numberNode(number);
    }
    return JSON.textNode(PythonText.of(scalar));
  }
}
