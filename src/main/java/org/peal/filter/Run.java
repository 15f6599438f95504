package org.peal.filter;

/** One evaluation: whom it is about, and how many steps are left for it. Not thread-safe. */
final class Run {

  /** Ends an evaluation that has used up its steps. */
  static final class TooExpensiveException extends RuntimeException {
    TooExpensiveException() {
      super("too expensive", null, false, false);
    }
  }

  private final Subject subject;
  private long left;

  Run(Subject subject, long steps) {
    this.subject = subject;
    this.left = steps;
  }

  Subject subject() {
    return subject;
  }

  /** Pays for work that is about to be done. */
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new TooExpensiveException();
    }
  }
}
