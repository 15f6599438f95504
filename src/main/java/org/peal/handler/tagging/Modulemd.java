package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;

/**
 * The metadata of a module build. Immutable.
 *
 * @param data what stands under {@code data}, which rules look at
 */
public record Modulemd(Mapping data) {

  /**
   * Reads a modulemd text.
   *
   * @throws ConfigException if it is not YAML, or not one document with {@code data}
   */
  public static Modulemd parse(byte[] utf8, Place source) {
    return of(PythonTree.parse(utf8, source));
  }

  /** Reads a modulemd text as {@link #parse(byte[], Place)} does. */
  public static Modulemd parse(String text, Place source) {
    return of(PythonTree.parse(text, source));
  }

  /** Returns the modulemd that a document is. */
  static Modulemd of(PythonTree tree) {
    if (tree instanceof Mapping mapping && mapping.get("data") instanceof Mapping data) {
      return new Modulemd(data);
    }
    throw new ConfigException(tree.place(), "", "modulemd must be a map with a map under data");
  }

  /**
   * Returns the body of a message about this build, as far as the modulemd tells: what names the
   * build as it was written, and no id.
   */
  public ObjectNode toBody(String state) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putNull("id");
    for (String field : ModuleBuild.FIELDS) {
      written(field).ifPresent(text -> body.put(field, text));
    }
    return body.put("state_name", state);
  }

  /** Returns a field as it was written, so that {@code 1.10} stays what it is. */
  private Optional<String> written(String field) {
    return data.get(field) instanceof Scalar scalar && scalar.value() != null
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
