package org.peal.node.replay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The text that a replay server gives in place of messages. The spellings, with their mistakes, are
 * fedmsg's: clients compare them. Immutable.
 *
 * @param text what stands between the quotes
 */
record ReplayError(String text) {

  static final ReplayError NO_MATCH = new ReplayError("There was no match for the given query");
  static final ReplayError UNSUPPORTED = new ReplayError("Unsupported field: \"key\"");
  static final ReplayError BAD_TIME = new ReplayError("Ill-format \"time\" field");
  static final ReplayError BAD_RANGE = new ReplayError("Ill-format \"sed_id_range\" field");
  static final ReplayError NOT_JSON = new ReplayError("The query is not a JSON object");
  static final ReplayError BUSY = new ReplayError("The server is busy, ask again later");
  static final ReplayError BROKEN = new ReplayError("The store cannot be read");
  static final ReplayError TOO_MUCH =
      new ReplayError("Too many messages match the query, ask for fewer");

  private static final String BEFORE = "error: '";
  private static final String AFTER = "'";

  static ReplayError wrong(String field) {
    return new ReplayError("Something went wrong when processing the field \"" + field + "\"");
  }

  /** Returns the one frame that carries it. */
  List<byte[]> frames() {
    return List.of((BEFORE + text + AFTER).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads an answer; empty if it holds messages. */
  static Optional<ReplayError> read(List<byte[]> frames) {
    if (frames.size() != 1) {
      return Optional.empty();
    }
    String frame = new String(frames.get(0), StandardCharsets.UTF_8);
    return frame.startsWith("error:")
        ? Optional.of(
            new ReplayError(
                frame.startsWith(BEFORE) && frame.endsWith(AFTER)
                    ? frame.substring(BEFORE.length(), frame.length() - AFTER.length())
                    : frame.substring("error:".length()).strip()))
        : Optional.empty();
  }
}
