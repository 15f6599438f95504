package org.peal.cli;

/** What is being done, on one line of a terminal; nothing where standard error is none. */
final class ProgressLine {

  private static final String CLEAR = "\r\033[K";

  private final Io io;

  ProgressLine(Io io) {
    this.io = io;
  }

  /** Shows a text in place of the one before. */
  void show(String text) {
    if (io.terminals().err()) {
      io.err().print(CLEAR + text);
      io.err().flush();
    }
  }

  /** Takes the line away. */
  void clear() {
    show("");
  }
}
