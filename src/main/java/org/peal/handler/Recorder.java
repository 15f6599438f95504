package org.peal.handler;

import java.util.Optional;
import org.peal.stream.Rows;

/** Gets, once, what is to be committed of a message, and what the handler answered, if asked. */
interface Recorder {
  void record(Rows rows, Optional<Outcome> outcome);
}
