package org.peal.filter;

/** What a filter says of a message. */
public enum Answer {
  /** The message is meant. */
  MATCH,
  /** The message is not meant. */
  NO_MATCH,
  /** Nobody knows: to find out would take more than {@link Filter#MAX_STEPS}. */
  TOO_EXPENSIVE
}
