package org.peal.crypto.x509;

import java.time.Instant;
import java.util.List;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;

/** What is known about revoked certificates. Implementations are immutable. */
interface Revocations {

  /** The use of no revocation lists at all: nothing is ever revoked. */
  Revocations UNCHECKED =
      new Revocations() {
        @Override
        public void check(Chain chain, Instant now) {}

        @Override
        public List<Instant> changes() {
          return List.of();
        }
      };

  /** Returns the state after lists could not be read: nothing is known about any certificate. */
  static Revocations unreadable(String problem) {
    return new Revocations() {
      @Override
      public void check(Chain chain, Instant now) throws Refusal {
        throw new Refusal(Reason.REVOCATION_UNKNOWN, problem);
      }

      @Override
      public List<Instant> changes() {
        return List.of();
      }
    };
  }

  /**
   * Checks the certificates of a chain, the signing one first.
   *
   * @throws Refusal REVOKED or REVOCATION_UNKNOWN
   */
  void check(Chain chain, Instant now) throws Refusal;

  /** Returns the instants at which the outcome of {@link #check} may change. */
  List<Instant> changes();

  /** Returns the spans of the lists that decide at an instant, or would if they had not ended. */
  default List<CrlLife> lives(Instant now) {
    return List.of();
  }
}
