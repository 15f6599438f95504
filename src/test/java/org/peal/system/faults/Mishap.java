package org.peal.system.faults;

/** What befalls a bridge or its broker. */
enum Mishap {
  /** SIGKILL for the bridge, which is started again at once. */
  BRIDGE_KILLED(50),

  /** The broker ends in good order and is away for a minute. */
  BROKER_STOPPED(1),

  /** SIGKILL for the broker, which is started again at once. */
  BROKER_KILLED(2),

  /** The broker closes all connections, of the programs at the ends too. */
  CONNECTIONS_CLOSED(10),

  /** The queues that the bridge reads are deleted, when it has taken everything out of them. */
  QUEUES_DELETED(5);

  private final int times;

  Mishap(int times) {
    this.times = times;
  }

  /** Returns how often it happens in the whole campaign. */
  int times() {
    return times;
  }
}
