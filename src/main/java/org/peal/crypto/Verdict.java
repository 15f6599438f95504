package org.peal.crypto;

import java.util.Optional;
import java.util.function.Function;
import org.peal.message.Scheme;

/** The result of verifying a message: valid, and by whom, or invalid, and why. Immutable. */
public sealed interface Verdict {

  /** Returns what the matching function makes of this verdict. */
  <R> R fold(Function<Valid, R> valid, Function<Invalid, R> invalid);

  /** What of a message its signature covers. */
  enum Coverage {
    /** Everything but the two credential fields. */
    ENVELOPE,
    /** The body alone. */
    BODY
  }

  /**
   * The signature holds and the signer may use the topic.
   *
   * @param signer the first common name of the certificate, or the fingerprint of the GnuPG key
   * @param key the kind of the signer's key; empty for GnuPG
   */
  record Valid(String signer, Scheme scheme, Coverage coverage, Optional<KeyKind> key)
      implements Verdict {
    @Override
    public <R> R fold(Function<Valid, R> valid, Function<Invalid, R> invalid) {
      return valid.apply(this);
    }
  }

  /**
   * The message must not be trusted.
   *
   * @param detail for people: what was wrong, with the offending value
   */
  record Invalid(Reason reason, String detail) implements Verdict {
    @Override
    public <R> R fold(Function<Valid, R> valid, Function<Invalid, R> invalid) {
      return invalid.apply(this);
    }
  }
}
