package org.peal.cli;

import org.peal.ExitCode;

/** Ends a command with an exit code and one line for the user. */
final class CommandException extends RuntimeException {

  private final ExitCode code;

  CommandException(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Returns what the user is told; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  ExitCode code() {
    return code;
  }
}
