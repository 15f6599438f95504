package org.peal.crypto.x509;

import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;

/**
 * Ends the checking of a message: why it is invalid.
 *
 * <p>It has no stack trace, since a hostile sender decides how often it is thrown.
 */
final class Refusal extends Exception {

  private final Reason reason;

  Refusal(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  static Refusal malformed(String detail) {
    return new Refusal(Reason.MALFORMED, detail);
  }

  Verdict.Invalid verdict() {
    return new Verdict.Invalid(reason, String.valueOf(getMessage()));
  }
}
