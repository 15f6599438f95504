package org.peal.bus.zmq;

/** A message on its way out. Nobody may change its bytes. */
record Outgoing(byte[] topic, byte[] payload) {}
