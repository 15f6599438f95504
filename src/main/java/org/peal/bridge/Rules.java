package org.peal.bridge;

/**
 * What both directions of a bridge keep to. Immutable.
 *
 * @param id the bridge's name in {@code peal-path}
 * @param topics which topics cross
 * @param exchange where messages from ZeroMQ are published on the broker
 * @param isOnward whether messages that have crossed other bridges cross this one too
 */
record Rules(String id, TopicChoice topics, String exchange, boolean isOnward) {}
