package org.peal.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.peal.ExitCode;

/**
 * Standard output, one record a line. Not thread-safe.
 *
 * <p>A reader that went away ends the command quietly; any other failure is an I/O error.
 */
final class Output {

  private final OutputStream out;

  Output(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  /** Writes a line without flushing it. */
  void line(byte[] text) {
    try {
      out.write(text);
      out.write('\n');
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes a line without flushing it; what has no UTF-8 form becomes {@code ?}. */
  void line(String text) {
    line(text.getBytes(StandardCharsets.UTF_8));
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static CommandException failed(IOException e) {
    String text = String.valueOf(e.getMessage());
    boolean readerGone = text.contains("Broken pipe") || text.contains("Pipe closed");
    return readerGone
        ? new CommandException(ExitCode.CLOSED_PIPE, "")
        : new CommandException(ExitCode.IO, "cannot write to standard output: " + text);
  }
}
