package org.peal.bus.amqp;

/** What to do about a message that no queue took. */
public enum Mandatory {
  /** The broker is not asked, as in fedora-messaging: such a message is gone in silence. */
  OFF,
  /** It counts as published; it is counted, and told once for each topic. */
  REPORT,
  /** Its publishing has failed. */
  FAIL
}
