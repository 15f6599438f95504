package org.peal.cli;

import org.jspecify.annotations.Nullable;

/** What went wrong on another thread and has to end the command. Stateless. */
final class Failures {

  private Failures() {}

  /** Throws it again; null stands for nothing. */
  static void rethrow(@Nullable Throwable failure) throws Exception {
    if (failure instanceof Exception e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
