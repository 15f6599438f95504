package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;

/** Which values count as false in Python. Stateless. */
public final class PythonTruth {

  private PythonTruth() {}

  /** Tells whether a value is null, false, zero or empty. */
  public static boolean isFalse(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, ARRAY -> value.isEmpty();
      case STRING -> value.textValue().isEmpty();
      case NUMBER -> value.doubleValue() == 0;
      case BOOLEAN -> !value.booleanValue();
      default -> true;
    };
  }
}
