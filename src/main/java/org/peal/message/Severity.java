package org.peal.message;

import java.util.Optional;

/** How grave a message is. The numbers are what fedora-messaging puts on the wire. */
public enum Severity {
  /** Of interest to developers only. */
  DEBUG(10),
  /** The usual. */
  INFO(20),
  /** Somebody may have to look. */
  WARNING(30),
  /** Somebody has to act. */
  ERROR(40);

  private final int number;

  Severity(int number) {
    this.number = number;
  }

  /** Returns the number on the wire. */
  public int number() {
    return number;
  }

  /** Returns the severity with a number, if there is one. */
  public static Optional<Severity> ofNumber(long number) {
    for (Severity severity : values()) {
      if (severity.number == number) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
