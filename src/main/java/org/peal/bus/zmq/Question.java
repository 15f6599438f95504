package org.peal.bus.zmq;

import java.util.List;

/** A question that came to a {@link Responder}. Thread-safe. */
public interface Question {

  /** Returns what was asked; nobody may change it. */
  byte[] body();

  /** Returns the IP address of the asker, or an empty text for peers older than ZMTP 3.0. */
  String host();

  /**
   * Answers; only the first answer counts, and none once the asker is gone.
   *
   * @param frames at least one; nobody may change them afterwards
   */
  void answer(List<byte[]> frames);
}
