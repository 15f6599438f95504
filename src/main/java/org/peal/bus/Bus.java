package org.peal.bus;

/** A network of topics. */
public enum Bus {
  /** fedmsg's: publishers and subscribers without a broker, over ZeroMQ. */
  ZMQ,
  /** fedora-messaging's: exchanges and queues of a broker, over AMQP. */
  AMQP
}
