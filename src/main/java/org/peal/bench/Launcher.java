package org.peal.bench;

import java.util.List;

/** Knows how this installation starts another Peal process. */
@FunctionalInterface
public interface Launcher {

  /** Returns the command line of {@code peal ARGS}. */
  List<String> commandLine(List<String> args);
}
