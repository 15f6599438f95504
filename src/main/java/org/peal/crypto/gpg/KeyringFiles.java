package org.peal.crypto.gpg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.peal.Watched;
import org.peal.crypto.OperatorFile;
import org.peal.crypto.TrustException;

/**
 * Where the trusted public keys are.
 *
 * @param files exports of {@code gpg}, binary or armoured, old keyrings, or keyboxes; at least one
 */
public record KeyringFiles(List<Path> files) {

  public KeyringFiles {
    files = List.copyOf(files);
  }

  /**
   * Loads all files. Of a key that is in several, all that is said of it counts.
   *
   * @throws TrustException if one of them cannot be read or has no public key, naming it
   */
  public Keyring load() {
    Map<String, PGPPublicKeyRing> rings = new LinkedHashMap<>();
    for (Path file : files) {
      read(file).forEach(ring -> add(rings, ring, file));
    }
    return new Keyring(rings.values());
  }

  /** Loads the files and follows them. */
  public Watched<Keyring> watch() {
    return Watched.load("trusted GnuPG keys", files, this::load);
  }

  private static List<PGPPublicKeyRing> read(Path file) {
    byte[] bytes = OperatorFile.read(file);
    List<PGPPublicKeyRing> found;
    try {
      found = Keybox.isKeybox(bytes) ? Keybox.read(bytes) : KeyPackets.publicRings(bytes);
    } catch (IOException | RuntimeException e) {
      throw OperatorFile.problem(file, "not a readable GnuPG keyring: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw OperatorFile.problem(file, "no GnuPG public key in it", null);
    }
    return found;
  }

  private static void add(Map<String, PGPPublicKeyRing> rings, PGPPublicKeyRing ring, Path file) {
    rings.merge(
        SigningKey.fingerprint(ring.getPublicKey()), ring, (one, other) -> join(one, other, file));
  }

  private static PGPPublicKeyRing join(PGPPublicKeyRing one, PGPPublicKeyRing other, Path file) {
    try {
      return PGPPublicKeyRing.join(one, other, true, true);
    } catch (PGPException e) {
      throw OperatorFile.problem(file, "two forms of one key do not fit: " + e.getMessage(), e);
    }
  }
}
