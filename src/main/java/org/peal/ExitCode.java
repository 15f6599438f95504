package org.peal;

/**
 * What the exit status of a command means; the numbers follow the BSD sysexits where they fit.
 *
 * <p>The table is part of the documented behaviour: {@code docs/commands.md}.
 */
public enum ExitCode {
  /** All went well. */
  OK(0, "all went well"),
  /** The answer is no: nothing matched, too few came, a check failed. */
  NEGATIVE(1, "the answer is no: nothing matched, too few came, a check failed"),
  /** The command line is wrong. */
  USAGE(2, "the command line is wrong"),
  /** AMQP: a queue or a binding is refused, missing or not as declared. */
  QUEUE_REFUSED(10, "AMQP: a queue or a binding is refused, missing, or not as it is declared"),
  /** AMQP: something unexpected happened while the consumer was set up. */
  CONSUMER_FAILED(11, "AMQP: something unexpected happened while consuming"),
  /** AMQP: the broker has ended the consumer. */
  CONSUMER_CANCELLED(12, "AMQP: the broker has ended the consumer, its queue was deleted"),
  /** AMQP: the handler has failed. */
  HANDLER_FAILED(13, "AMQP: the handler has failed"),
  /** AMQP: the broker refuses the login or the TLS handshake. */
  LOGIN_REFUSED(14, "AMQP: the broker refuses the login or the TLS handshake"),
  /** AMQP: the queue may not be read. */
  QUEUE_UNREADABLE(15, "AMQP: the queue may not be read"),
  /** The input is not what it should be. */
  BAD_DATA(65, "the input is not what it should be"),
  /** An input file is missing or unreadable. */
  NO_INPUT(66, "an input file, or a command to run, is missing or unreadable"),
  /** A service or host cannot be reached. */
  UNREACHABLE(69, "a service or a host cannot be reached"),
  /** A fault of Peal itself. */
  INTERNAL(70, "a fault of Peal itself, or a part of a node has failed"),
  /** A file or a listening socket cannot be created. */
  CANNOT_CREATE(73, "a file or a listening socket cannot be created"),
  /** Reading or writing failed. */
  IO(74, "reading or writing failed"),
  /** It may go better later: nobody listened, time ran out. */
  TEMPORARY(75, "it may go better later: nobody listened, time ran out"),
  /** A signature or the policy says no. */
  REFUSED(77, "a signature or the policy says no, or something is not permitted"),
  /** The configuration is wrong. */
  CONFIGURATION(78, "the configuration is wrong"),
  /** AMQP: no confirmation came in time. */
  NOT_CONFIRMED(111, "AMQP: the broker did not confirm in time"),
  /** AMQP: the broker has refused the message, or no queue took it. */
  NOT_PUBLISHED(121, "AMQP: the broker has refused or returned the message"),
  /** Whoever read the output went away; 128 plus SIGPIPE. */
  CLOSED_PIPE(141, "whoever read the output went away");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** Returns the number for the operating system. */
  public int status() {
    return status;
  }

  /** Returns what it means, in a few words without a full stop. */
  public String meaning() {
    return meaning;
  }
}
