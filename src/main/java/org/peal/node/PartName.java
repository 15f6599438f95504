package org.peal.node;

import java.util.Locale;

/**
 * The parts that a node can have, in the order in which they start: what others depend on first.
 */
public enum PartName {
  /** Accepts messages of this host, stores and publishes them. */
  PUBLISHER,
  /** Gives the messages that the publisher stored to those who missed them. */
  REPLAY,
  /** Takes messages from one bus to the other. */
  BRIDGE,
  /** Takes messages from short-lived publishers and publishes them. */
  RELAY,
  /** The same, and signs what comes unsigned. */
  SIGNING_RELAY,
  /** Publishes the whole bus on one address. */
  GATEWAY,
  /** Accepts messages of this host for a broker, stores them, and publishes them there. */
  AMQP_PUBLISHER,
  /** Runs code for messages. */
  HANDLERS;

  /** Returns the name as people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
