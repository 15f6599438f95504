package org.peal.handler;

import java.util.Locale;

/** The words for what became of messages, as they are stored and shown. Stateless. */
final class Outcomes {

  static final String IGNORED = "ignored";
  static final String HALTED = "halted";

  private Outcomes() {}

  static String word(Outcome.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
