package org.peal.handler.tagging;

import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Scalar;

/**
 * What a rule asks of one key of the modulemd. Immutable.
 *
 * @param key the key, nearly always text
 * @param expected an expression, a list of which one must hold, or a mapping of more
 */
record Criterion(Scalar key, PythonTree expected) {

  /** The one key that is compared for equality, and is false in a modulemd that lacks it. */
  private static final String DEVELOPMENT = "development";

  boolean isDevelopment() {
    return DEVELOPMENT.equals(key.value());
  }

  /** Returns the key as people see it. */
  String name() {
    return PythonText.of(key);
  }
}
