package org.peal.crypto.gpg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;

/**
 * The signature of one message, read but not judged. For one thread, and to be verified once.
 *
 * @param made when it says it was made
 */
record BodySignature(PGPSignature packet, Instant made) {

  /**
   * Reads the one packet that there must be.
   *
   * @throws Refusal MALFORMED
   */
  static BodySignature parse(byte[] bytes) throws Refusal {
    PGPSignature packet = single(bytes);
    if (packet.getVersion() != Rules.VERSION) {
      throw malformed("it is of version " + packet.getVersion() + ", not " + Rules.VERSION);
    }
    if (packet.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
      throw malformed("it is of type " + packet.getSignatureType() + ", not over binary data");
    }
    if (!Rules.documentUnderstood(packet)) {
      throw malformed("something critical in it is not understood");
    }
    Date made = packet.getHashedSubPackets().getSignatureCreationTime();
    if (made == null) {
      throw malformed("it does not say when it was made");
    }
    return new BodySignature(packet, made.toInstant());
  }

  private static PGPSignature single(byte[] bytes) throws Refusal {
    try (BCPGInputStream in = new BCPGInputStream(new ByteArrayInputStream(bytes))) {
      if (in.nextPacketTag() != PacketTags.SIGNATURE) {
        throw malformed("it does not begin with a signature packet");
      }
      PGPSignature packet = new PGPSignature(in);
      if (in.read() >= 0) {
        throw malformed("there is something behind its packet");
      }
      return packet;
    } catch (IOException | PGPException | RuntimeException e) {
      throw malformed("its packet cannot be read: " + e.getMessage());
    }
  }

  private static Refusal malformed(String why) {
    return Refusal.malformed("field \"signature\" is not a GnuPG signature of a message: " + why);
  }

  /** Returns what it calls its key; these names are not signed, only hints. */
  List<KeyIdentifier> signers() {
    return packet.getKeyIdentifiers();
  }

  /**
   * Checks the digest, and the end of the signature if it states one.
   *
   * @throws Refusal SCHEME_REFUSED or EXPIRED
   */
  void requireAcceptable(boolean sha1, Instant now) throws Refusal {
    int digest = packet.getHashAlgorithm();
    if (!Rules.strongDigest(digest) && !(sha1 && digest == HashAlgorithmTags.SHA1)) {
      throw new Refusal(
          Reason.SCHEME_REFUSED, "GnuPG signatures with digest " + digest + " are not allowed");
    }
    Optional<Instant> end =
        SigningKeys.after(made, packet.getHashedSubPackets().getSignatureExpirationTime());
    if (end.filter(time -> !now.isBefore(time)).isPresent()) {
      throw new Refusal(Reason.EXPIRED, "the signature expired at " + end.get());
    }
  }

  /** Tells whether it fits; whatever is wrong with it or the key, it does not. */
  boolean fits(PGPPublicKey key, byte[] text) {
    return packet.getKeyAlgorithm() == key.getAlgorithm()
        && Certifier.holds(
            packet,
            key,
            signature -> {
              signature.update(text);
              return signature.verify();
            });
  }
}
