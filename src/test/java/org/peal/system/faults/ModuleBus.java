package org.peal.system.faults;

import org.peal.bus.Bus;
import org.peal.system.ModuleSite;
import org.peal.testing.Processes;

/**
 * What other programs do on a bus about module builds: they tell that builds are ready, and keep
 * what is announced. Used by one thread.
 */
interface ModuleBus extends AutoCloseable {

  /** Opens a bus, and configures the node of the site to tag builds that it hears of there. */
  static ModuleBus open(Bus bus, ModuleSite modules, Processes processes, int builds, long seed) {
    return switch (bus) {
      case ZMQ -> new ZmqModuleBus(modules, builds, seed);
      case AMQP -> new AmqpModuleBus(modules, processes, builds);
    };
  }

  /** Lets the first so many builds be told of, soon; a node runs. */
  void allow(int builds);

  /** Waits until the bus has taken all that it may be told. */
  void awaitTaken();

  /**
   * Asserts that every build and its twin were announced, each under one id and without a refusal;
   * the node has ended.
   */
  void assertAnnounced();

  @Override
  void close();
}
