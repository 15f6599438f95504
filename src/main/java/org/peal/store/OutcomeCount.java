package org.peal.store;

import java.time.Instant;

/**
 * How often a handler came to an outcome, among those that are kept. Immutable.
 *
 * @param outcome the word for it
 * @param count how often, at least 1
 * @param last when for the last time
 */
public record OutcomeCount(String handler, String outcome, long count, Instant last) {}
