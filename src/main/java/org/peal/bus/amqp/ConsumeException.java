package org.peal.bus.amqp;

import org.peal.ExitCode;
import org.peal.PealException;

/** Says why a consumer ends that does not wait for better times, as the original program does. */
public final class ConsumeException extends PealException {

  private final ExitCode exitCode;

  ConsumeException(ExitCode exitCode, String message) {
    super(message, null);
    this.exitCode = exitCode;
  }

  /** Returns the exit status that the original program has for it. */
  public ExitCode exitCode() {
    return exitCode;
  }

  @Override
  public Category category() {
    return Category.PERMANENT;
  }
}
