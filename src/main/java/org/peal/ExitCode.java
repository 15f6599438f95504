package org.peal;

/**
 * What the exit status of a command means; the numbers follow the BSD sysexits where they fit.
 *
 * <p>The table is part of the documented behaviour: {@code docs/commands.md}.
 */
public enum ExitCode {
  /** All went well. */
  OK(0),
  /** The answer is no: nothing matched, too few came, a check failed. */
  NEGATIVE(1),
  /** The command line is wrong. */
  USAGE(2),
  /** The input is not what it should be. */
  BAD_DATA(65),
  /** An input file is missing or unreadable. */
  NO_INPUT(66),
  /** A service or host cannot be reached. */
  UNREACHABLE(69),
  /** A fault of Peal itself. */
  INTERNAL(70),
  /** A file or a listening socket cannot be created. */
  CANNOT_CREATE(73),
  /** Reading or writing failed. */
  IO(74),
  /** It may go better later: nobody listened, time ran out. */
  TEMPORARY(75),
  /** A signature or the policy says no. */
  REFUSED(77),
  /** The configuration is wrong. */
  CONFIGURATION(78),
  /** Whoever read the output went away; 128 plus SIGPIPE. */
  CLOSED_PIPE(141);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** Returns the number for the operating system. */
  public int status() {
    return status;
  }
}
