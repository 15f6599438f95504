package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.peal.message.Topic;

/**
 * Where a command's messages go, already reached when a command gets it: it takes them one after
 * the other and says in the end whether they were delivered. Used by one thread.
 */
interface Outlet extends AutoCloseable {

  /** Takes a message; waits while too many are under way. Does nothing once it is stopped. */
  void send(Topic topic, JsonNode body) throws Exception;

  /** Tells whether nothing more can be delivered, so that it is in vain to read on. */
  boolean isStopped();

  /**
   * Waits for what is under way, within the limits that the user gave.
   *
   * @return what the user should know of messages that may not have been delivered; empty if all
   *     were
   * @throws Exception what stopped it, such as a message that is too large
   */
  Optional<String> finish() throws Exception;

  /** Ends at once what {@link #finish} did not. */
  @Override
  void close();
}
