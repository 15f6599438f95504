package org.peal.node;

import org.peal.PealException;

/** Thrown when a message is larger than its receivers take. */
public final class MessageTooLargeException extends PealException {

  MessageTooLargeException(int bytes, int largest) {
    super(
        "message of " + bytes + " bytes is larger than zmq.max-message, which is " + largest, null);
  }

  @Override
  public Category category() {
    return Category.PERMANENT;
  }
}
