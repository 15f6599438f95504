package org.peal.handler;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import org.peal.store.Database;

/** A bus by which the messages of {@link HandlerSuite} come to a handler. */
interface HandlerBus {

  /** A message to publish; a bus without signatures carries no signer. */
  record Sent(String id, String topic, JsonNode body, Instant at) {}

  /** Gives the handler what is published from now on, and what is due again. */
  void attach(HandlerRunner runner, Database database, InstantSource clock);

  /** Publishes a message. */
  void publish(Sent message) throws Exception;

  /** Takes the handler off again, as a process that ends does. */
  void detach() throws Exception;

  /** Closes the bus. */
  void close() throws Exception;
}
