package org.peal.bus.zmq;

import java.util.concurrent.CompletableFuture;

/** Somebody who waits for subscribers of a topic. */
record Waiter(byte[] topic, int count, CompletableFuture<Boolean> done) {}
