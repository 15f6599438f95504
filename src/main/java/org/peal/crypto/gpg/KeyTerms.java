package org.peal.crypto.gpg;

import java.time.Instant;
import java.util.Optional;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;

/**
 * How long a key is good. Immutable.
 *
 * @param name its fingerprint
 * @param end from when on it is expired; empty: never
 * @param revoked whether it was taken back; the time of that does not matter
 */
record KeyTerms(String name, Instant created, Optional<Instant> end, boolean revoked) {

  /**
   * Checks the dates of a signature by the key.
   *
   * @throws Refusal NOT_YET_VALID, EXPIRED or REVOKED
   */
  void check(Instant made, Instant now) throws Refusal {
    if (now.isBefore(created) || made.isBefore(created)) {
      throw refusal(Reason.NOT_YET_VALID, "is of " + created + ", after the signature or now");
    }
    if (end.filter(time -> !now.isBefore(time)).isPresent()) {
      throw refusal(Reason.EXPIRED, "expired at " + end.get());
    }
    if (revoked) {
      throw refusal(Reason.REVOKED, "is revoked");
    }
  }

  private Refusal refusal(Reason reason, String what) {
    return new Refusal(reason, "key " + name + " " + what);
  }
}
