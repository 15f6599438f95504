package org.peal.crypto;

import java.time.Instant;
import java.util.Optional;

/**
 * Good credentials of a message. Immutable.
 *
 * @param signer the name that routing policies know the signer by
 * @param coverage what of the message is signed
 * @param time when the signature was made, if it says so itself
 * @param key the kind of the signer's key; empty for GnuPG
 */
public record Signed(
    String signer, Verdict.Coverage coverage, Optional<Instant> time, Optional<KeyKind> key) {}
