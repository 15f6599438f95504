package org.peal.crypto.x509;

import java.util.List;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;

/**
 * Ends the checking of a message: why it is invalid.
 *
 * <p>It has no stack trace, since a hostile sender decides how often it is thrown.
 */
final class Refusal extends Exception {

  private static final List<Reason> CHAIN_ORDER =
      List.of(
          Reason.UNTRUSTED,
          Reason.NOT_YET_VALID,
          Reason.EXPIRED,
          Reason.REVOCATION_UNKNOWN,
          Reason.REVOKED);

  private final Reason reason;

  Refusal(Reason reason, String detail) {
    super(Details.clean(detail), null, false, false);
    this.reason = reason;
  }

  static Refusal malformed(String detail) {
    return new Refusal(Reason.MALFORMED, detail);
  }

  /** Returns of two refusals the one by the later check, and this one if they are equal. */
  Refusal further(Refusal other) {
    return other.progress() > progress() ? other : this;
  }

  private int progress() {
    return CHAIN_ORDER.indexOf(reason);
  }

  Verdict.Invalid verdict() {
    return new Verdict.Invalid(reason, String.valueOf(getMessage()));
  }
}
