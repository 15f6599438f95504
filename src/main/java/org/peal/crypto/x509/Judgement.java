package org.peal.crypto.x509;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.Refusal;

/**
 * What is thought of a signing certificate, and for how long that is right. Immutable.
 *
 * <p>A refusal has no stack trace and nothing to change, so one is thrown as often as needed.
 */
final class Judgement {

  /**
   * A trusted certificate.
   *
   * @param key what verifies, or why nothing does
   * @param name the signer, or null if the subject has no common name
   */
  record Holder(HolderKey key, @Nullable String name) {}

  private final Span span;
  private final @Nullable Holder holder;
  private final @Nullable Refusal refusal;

  private Judgement(Span span, @Nullable Holder holder, @Nullable Refusal refusal) {
    this.span = span;
    this.holder = holder;
    this.refusal = refusal;
  }

  static Judgement trusted(Span span, Holder holder) {
    return new Judgement(span, holder, null);
  }

  static Judgement refused(Span span, Refusal refusal) {
    return new Judgement(span, null, refusal);
  }

  boolean holdsAt(Instant now) {
    return span.contains(now);
  }

  /** Returns the holder, or throws why the certificate is refused. */
  Holder holder() throws Refusal {
    if (refusal != null) {
      throw refusal;
    }
    return Objects.requireNonNull(holder);
  }
}
