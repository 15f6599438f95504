package org.peal.store;

/**
 * A message in the outbox with its place. Immutable.
 *
 * @param row its place in the order of arrival; never used again
 */
public record OutboxRow(long row, OutboxMessage message) {}
