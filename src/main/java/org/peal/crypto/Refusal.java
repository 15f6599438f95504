package org.peal.crypto;

import java.util.List;

/**
 * Ends the checking of a message: why it is invalid.
 *
 * <p>It has no stack trace, since a hostile sender decides how often it is thrown.
 */
public final class Refusal extends Exception {

  private static final List<Reason> CHAIN_ORDER =
      List.of(
          Reason.UNTRUSTED,
          Reason.NOT_YET_VALID,
          Reason.EXPIRED,
          Reason.REVOCATION_UNKNOWN,
          Reason.REVOKED);

  private final Reason reason;

  /** Makes a refusal; control characters of the detail are replaced, and it is cut. */
  public Refusal(Reason reason, String detail) {
    super(Details.clean(detail), null, false, false);
    this.reason = reason;
  }

  /** Makes one with the reason {@link Reason#MALFORMED}. */
  public static Refusal malformed(String detail) {
    return new Refusal(Reason.MALFORMED, detail);
  }

  /** Returns of two refusals the one by the later check, and this one if they are equal. */
  public Refusal further(Refusal other) {
    return other.progress() > progress() ? other : this;
  }

  private int progress() {
    return CHAIN_ORDER.indexOf(reason);
  }

  /** Returns this as the result of verifying. */
  public Verdict.Invalid verdict() {
    return new Verdict.Invalid(reason, String.valueOf(getMessage()));
  }
}
