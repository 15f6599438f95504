package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.config.PythonTree;

/**
 * What became of one rule that was tried. Immutable.
 *
 * @param index the rule's place in the whole file, from 1
 * @param id the rule's name, whatever the file has there
 * @param criteria in the order of the file, short after an error
 * @param error why it could not be told whether the rule matches; else null
 */
public record RuleCheck(
    int index, PythonTree id, List<CriterionCheck> criteria, @Nullable String error) {

  public RuleCheck {
    criteria = List.copyOf(criteria);
  }

  /** Tells whether the rule matches. */
  public boolean matches() {
    return error == null && criteria.stream().allMatch(CriterionCheck::holds);
  }

  /** Returns {@code INDEX "ID"}. */
  public String label() {
    return index + " " + PythonJson.of(id);
  }

  /** Returns index and id as JSON. */
  public ObjectNode name() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("index", index);
    json.set("id", PythonJson.of(id));
    return json;
  }

  ObjectNode toJson() {
    ObjectNode json = name();
    if (error == null) {
      json.put("matched", matches());
    } else {
      json.putNull("matched");
      json.put("error", error);
    }
    ArrayNode all = json.putArray("criteria");
    criteria.forEach(criterion -> criterion.writeTo(all.addObject()));
    return json;
  }
}
