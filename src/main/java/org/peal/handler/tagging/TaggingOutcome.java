package org.peal.handler.tagging;

/** How the handling of one message ended. */
public enum TaggingOutcome {
  /** The message has no body. */
  IGNORED_EMPTY_BODY("ignored-empty-body"),
  /** The build is a scratch build. */
  IGNORED_SCRATCH("ignored-scratch"),
  /** The state is none of those that are let through. */
  IGNORED_STATE("ignored-state"),
  /** There are no rules to decide by. */
  RULES_UNAVAILABLE("rules-unavailable"),
  /** The rule file is empty. */
  NO_RULES("no-rules"),
  /** No rule is for this state; nothing is announced. */
  NO_RULE_FOR_STATE("no-rule-for-state"),
  /** Rules were tried and none matched. */
  UNMATCHED("unmatched"),
  /** A rule matched. */
  TAGGED("tagged"),
  /** Something could not be decided; the message is not lost in silence. */
  HANDLER_ERROR("handler-error"),
  /** An error that stops the original; with {@code compat: original} only. */
  CONSUMER_EXCEPTION("consumer-exception");

  private final String word;

  TaggingOutcome(String word) {
    this.word = word;
  }

  /** Tells whether nothing was decided, because an input is bad. */
  public boolean isError() {
    return this == RULES_UNAVAILABLE || this == HANDLER_ERROR || this == CONSUMER_EXCEPTION;
  }

  /** Returns the word by which the outcome is known outside. */
  @Override
  public String toString() {
    return word;
  }
}
