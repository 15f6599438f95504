package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * What a worker process is in a measurement: a publisher, a subscriber, something between them. It
 * carries out one order after the other, on one thread.
 */
interface Role extends AutoCloseable {

  /** Returns what the others must know of this one, such as where it listens. */
  ObjectNode greeting();

  /**
   * Does what an order says and returns what came of it.
   *
   * @param order its member {@code do} names it
   */
  ObjectNode carryOut(JsonNode order) throws Exception;

  @Override
  void close() throws IOException;
}
