package org.peal.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletionStage;
import org.peal.bus.Draft;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.stream.Rows;

/** The node's own publisher as a bridge needs it. Thread-safe. */
public interface ZmqOutlet {

  /**
   * Publishes a message; done when it is in the log, with its rows, and handed to the sockets.
   *
   * @param rows not written if the log has the message already
   */
  CompletionStage<Published> publish(Draft draft, Rows rows);

  /** Sends what the log has under an id once more, if it has anything. */
  void sendAgain(MessageId id);

  /** Sends frames as they are, past the log. */
  void send(String topic, byte[] payload);

  /**
   * Signs an envelope with the node's key, if it has one.
   *
   * @throws org.peal.crypto.SigningException if it cannot
   */
  ObjectNode sign(ObjectNode envelope);
}
