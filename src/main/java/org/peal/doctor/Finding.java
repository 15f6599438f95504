package org.peal.doctor;

import java.util.Locale;

/**
 * One thing that was looked at, and how it is. Immutable.
 *
 * @param what the thing, such as {@code certificate}
 * @param detail what was seen, with values
 * @param remedy what to do about it; empty exactly if all is well
 */
public record Finding(Level level, String what, String detail, String remedy) {

  /** How serious it is. */
  public enum Level {
    /** It is as it should be. */
    OK,
    /** It works, but not for long, or not as its owner may think. */
    WARN,
    /** It does not work. */
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Finding {
    if (remedy.isEmpty() != (level == Level.OK)) {
      throw new IllegalArgumentException("a remedy belongs to what is not well: " + what);
    }
  }
}
