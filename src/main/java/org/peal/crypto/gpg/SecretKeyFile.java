package org.peal.crypto.gpg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;
import org.peal.Watched;
import org.peal.crypto.OperatorFile;
import org.peal.crypto.TrustException;

/**
 * Where the GnuPG key of this node is.
 *
 * @param file as {@code gpg --export-secret-keys} writes it, binary or armoured
 * @param passphrase a file whose first line is the passphrase; empty: there is none
 * @param wanted which key signs, see {@link KeyName}; empty: the only one there is
 */
public record SecretKeyFile(Path file, Optional<Path> passphrase, Optional<String> wanted) {

  /**
   * Loads the key, and warns if others may read its file.
   *
   * @throws TrustException if a file cannot be read, or no key or no single key is meant
   */
  public OwnKey load() {
    PGPSecretKeyRing ring = choose(rings());
    SigningKey known = choose(ring);
    OwnKey own = new OwnKey(open(ring.getSecretKey(known.key().getKeyID())), known);
    OperatorFile.warnIfExposed(file);
    passphrase.ifPresent(OperatorFile::warnIfExposed);
    return own;
  }

  /** Loads the key and follows its files. */
  public Watched<OwnKey> watch() {
    List<Path> files = new ArrayList<>(List.of(file));
    passphrase.ifPresent(files::add);
    return Watched.load("own GnuPG key", files, this::load);
  }

  private List<PGPSecretKeyRing> rings() {
    try {
      return KeyPackets.secretRings(OperatorFile.read(file));
    } catch (IOException | IllegalArgumentException e) {
      throw problem("not a readable GnuPG secret key: " + e.getMessage(), e);
    }
  }

  private PGPSecretKeyRing choose(List<PGPSecretKeyRing> rings) {
    List<PGPSecretKeyRing> meant =
        rings.stream().filter(ring -> name().map(n -> n.means(ring)).orElse(true)).toList();
    if (meant.size() != 1) {
      throw problem(
          meant.size()
              + " GnuPG secret keys in it"
              + wanted.map(name -> " are \"" + name + "\"").orElse("")
              + ": name exactly one by crypto.gpg.signing-key",
          null);
    }
    return meant.get(0);
  }

  /** The key that is named itself, else the newest signing subkey, else the primary key. */
  private SigningKey choose(PGPSecretKeyRing ring) {
    List<SigningKey> usable =
        SigningKeys.of(ring.toCertificate()).stream()
            .filter(key -> key.unusable().isEmpty())
            .filter(key -> key.terms().stream().noneMatch(KeyTerms::revoked))
            .filter(key -> hasSecret(ring, key))
            .toList();
    Stream<SigningKey> named =
        usable.stream().filter(key -> name().map(n -> n.meansSubkey(key.key())).orElse(false));
    return named
        .findFirst()
        .or(() -> usable.stream().max(SecretKeyFile::compare))
        .orElseThrow(() -> problem("no key in it may sign, or it is revoked", null));
  }

  private static int compare(SigningKey one, SigningKey other) {
    int bySubkey = Boolean.compare(!one.key().isMasterKey(), !other.key().isMasterKey());
    return bySubkey != 0 ? bySubkey : made(one).compareTo(made(other));
  }

  private static Instant made(SigningKey key) {
    return key.key().getCreationTime().toInstant();
  }

  private static boolean hasSecret(PGPSecretKeyRing ring, SigningKey key) {
    PGPSecretKey secret = ring.getSecretKey(key.key().getKeyID());
    return secret != null && !secret.isPrivateKeyEmpty();
  }

  private Optional<KeyName> name() {
    return wanted.map(KeyName::new);
  }

  private PGPPrivateKey open(PGPSecretKey secret) {
    boolean locked = secret.getS2KUsage() != 0;
    if (locked && passphrase.isEmpty()) {
      throw problem("the key has a passphrase: set crypto.gpg.passphrase-file", null);
    }
    try {
      return secret.extractPrivateKey(
          new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
              .build(locked ? readPassphrase() : new char[0]));
    } catch (PGPException | RuntimeException e) {
      throw problem("the key cannot be opened, the passphrase may be wrong", e);
    }
  }

  private char[] readPassphrase() {
    byte[] bytes = OperatorFile.read(passphrase.orElseThrow());
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("").toCharArray();
  }

  private TrustException problem(String text, @Nullable Exception cause) {
    return OperatorFile.problem(file, text, cause);
  }
}
