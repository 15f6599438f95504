package org.peal.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Location;
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
 * A throw-away authority with a revocation list and one key pair of RSA-2048, in a folder as a node
 * has it. Immutable.
 *
 * @param folder holds {@code ca.crt}, {@code crl.pem} and the pair
 */
public record BenchKeys(Path folder) {

  /** The name of the key pair's holder. */
  public static final String SIGNER = "bench";

  private static final Duration VALIDITY = Duration.ofDays(30);

  /** Makes the files. */
  public static BenchKeys create(Path folder) {
    CertificateAuthority authority = new CertificateAuthority(folder, InstantSource.system());
    authority.init("Bench CA", VALIDITY, VALIDITY);
    authority.issue(SIGNER, VALIDITY);
    return new BenchKeys(folder);
  }

  /** Returns the pair. */
  public OwnKeyPair pair() {
    return new KeyPairFiles(certificate(), key()).load();
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
    return X509Verifier.builder(always).build();
  }
}
