package org.peal.json;

/** The kinds of problem that Jackson reports, told apart by its messages. */
enum Complaint {
  /** Its place is one too far. */
  CONTROL_CHARACTER("Illegal character"),
  /** Its place is what follows the letter and its sign, or what follows the integer part. */
  EXPONENT("Exponent indicator"),
  /** Its place is what follows the point, or the point. */
  FRACTION("Decimal point"),
  ESCAPE("character escape"),
  STRING("Illegal unquoted", "closing quote", "in field name"),
  /** Its place is the beginning of the word or, where a sign comes first, behind that. */
  WORD("Unrecognized token", "plus signs", "in a Number value"),
  DIGIT("digit"),
  NAME("double-quote"),
  COLON("colon"),
  AFTER_VALUE("comma", "Leading zeroes", "separating root-level"),
  VALUE("expected a value", "expected a valid value", "no open"),
  OTHER("");

  private final String[] phrases;

  Complaint(String... phrases) {
    this.phrases = phrases;
  }

  /** Returns the first kind that a message fits; unknown ones are {@link #OTHER}. */
  static Complaint of(String message) {
    for (Complaint complaint : values()) {
      if (complaint.fits(message)) {
        return complaint;
      }
    }
    return OTHER;
  }

  private boolean fits(String message) {
    for (String phrase : phrases) {
      if (message.contains(phrase)) {
        return true;
      }
    }
    return false;
  }
}
