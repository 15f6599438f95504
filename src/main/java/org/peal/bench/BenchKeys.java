package org.peal.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Location;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Sha256;
import org.peal.crypto.Signer;
import org.peal.crypto.Verifier;
import org.peal.crypto.x509.CertificateAuthority;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.crypto.x509.OwnKeyPair;
import org.peal.crypto.x509.TrustFiles;
import org.peal.crypto.x509.TrustSnapshot;
import org.peal.crypto.x509.X509Signer;
import org.peal.crypto.x509.X509Verifier;

/**
 * A throw-away authority with a revocation list and one key pair, in a folder as a node has it.
 * Immutable.
 *
 * @param folder holds {@code ca.crt}, {@code crl.pem} and the pair
 */
public record BenchKeys(Path folder) {

  /** The name of the key pair's holder. */
  public static final String SIGNER = "bench";

  private static final Duration VALIDITY = Duration.ofDays(30);

  /** Makes the files, all keys of one kind; RSA signs with 2048 bits. */
  public static BenchKeys create(Path folder, KeyKind kind) {
    CertificateAuthority authority = new CertificateAuthority(folder, InstantSource.system());
    authority.init("Bench CA", kind, VALIDITY, VALIDITY);
    authority.issue(SIGNER, VALIDITY);
    return new BenchKeys(folder);
  }

  /** Returns the pair. */
  public OwnKeyPair pair() {
    return new KeyPairFiles(certificate(), key(), EllipticKeys.SIGN).load();
  }

  Path certificate() {
    return folder.resolve(SIGNER + ".crt");
  }

  Path key() {
    return folder.resolve(SIGNER + ".key");
  }

  /** Returns what signs with the pair. */
  public Signer signer(CryptoProvider provider) {
    OwnKeyPair pair = pair();
    return new X509Signer(() -> pair, provider, false);
  }

  /** Returns what verifies messages of the pair. */
  public Verifier verifier(CryptoProvider provider) {
    TrustSnapshot trust =
        new TrustFiles(
                Location.of(folder.resolve("ca.crt")),
                Optional.of(Location.of(folder.resolve("crl.pem"))),
                Duration.ZERO,
                provider)
            .load();
    Supplier<TrustSnapshot> always = () -> trust;
    return MessageVerifier.builder()
        .allow(new X509Verifier(always, Sha256.OFF, EllipticKeys.ACCEPT))
        .build();
  }
}
