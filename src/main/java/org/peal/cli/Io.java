package org.peal.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * All that a command sees of the process it runs in, so that tests can fix it.
 *
 * @param in standard input
 * @param out standard output: data only
 * @param err standard error: everything that is not data
 * @param environment the environment variables
 * @param folder the current folder
 * @param home where Peal is installed or checked out
 * @param terminals which of the three streams is a terminal
 */
record Io(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    Path home,
    Terminals terminals) {

  /** Which standard streams are terminals. */
  record Terminals(boolean in, boolean out, boolean err) {}

  /** Returns the real surroundings of this process; {@code bin/peal} tells about the terminals. */
  static Io ofProcess() {
    String terminal = System.getProperty("peal.terminal", "");
    return new Io(
        // Buffered, because a bare file stream wants to seek in what it reads to the end.
        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("peal.home", "")).toAbsolutePath(),
        new Terminals(terminal.contains("i"), terminal.contains("o"), terminal.contains("e")));
  }
}
