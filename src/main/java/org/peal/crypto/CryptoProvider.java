package org.peal.crypto;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who does the arithmetic of message signatures. Immutable and thread-safe.
 *
 * <p>A provider is only ever passed as an object; the JDK's list of providers stays as it is.
 */
public final class CryptoProvider {

  private static final Logger LOG = LoggerFactory.getLogger(CryptoProvider.class);

  /** The JDK itself: loaded anyway, so that one-shot commands start fast. */
  public static final CryptoProvider JDK = new CryptoProvider(Optional::empty, Optional::empty);

  /**
   * The Amazon Corretto Crypto Provider where it loads and passes its test, else the JDK. It is
   * loaded at the first use, not before; a fall-back to the JDK is logged once, with its reason.
   */
  public static final CryptoProvider FAST =
      new CryptoProvider(() -> Loaded.CORRETTO, () -> LoadedForElliptic.CORRETTO);

  /** The system property that makes {@link #FAST} the JDK too, for comparisons. */
  private static final String CHOICE = "peal.crypto.provider";

  private final Supplier<Optional<Provider>> rsa;
  private final Supplier<Optional<Provider>> elliptic;

  private CryptoProvider(Supplier<Optional<Provider>> rsa, Supplier<Optional<Provider>> elliptic) {
    this.rsa = rsa;
    this.elliptic = elliptic;
  }

  /** Initialized once, at the first use of {@link #FAST}. */
  private static final class Loaded {
    static final Optional<Provider> CORRETTO =
        System.getProperty(CHOICE, "").equals("jdk")
            ? Optional.empty()
            : loadOrFallBack(System.getProperty("os.arch", ""));
  }

  /** The same for the keys that few networks have: its test would slow down every start. */
  private static final class LoadedForElliptic {
    static final Optional<Provider> CORRETTO = Loaded.CORRETTO.flatMap(CryptoProvider::tested);
  }

  /** Returns a provider if it is good for the keys that fedmsg does not know. */
  private static Optional<Provider> tested(Provider provider) {
    try {
      SelfTest.runElliptic(provider);
      return Optional.of(provider);
    } catch (Corretto.Unavailable e) {
      LOG.info(
          "signatures of Ed25519 and P-256 are computed by the JDK, which is slower: {}",
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Returns the provider for a processor, or empty, with a line in the log. */
  static Optional<Provider> loadOrFallBack(String processor) {
    try {
      Provider loaded = Corretto.load(processor);
      SelfTest.run(loaded);
      LOG.debug("message signatures are computed by {}", describe(loaded));
      return Optional.of(loaded);
    } catch (Corretto.Unavailable e) {
      LOG.info("message signatures are computed by the JDK, which is slower: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Returns a new signature engine, for one thread. */
  public Signature signature(String algorithm) throws NoSuchAlgorithmException {
    Optional<Provider> chosen = provider(algorithm);
    return chosen.isPresent()
        ? Signature.getInstance(algorithm, chosen.get())
        : Signature.getInstance(algorithm);
  }

  /** Returns a factory of keys that suit {@link #signature} without translation. */
  public KeyFactory keyFactory(String algorithm) throws NoSuchAlgorithmException {
    Optional<Provider> chosen = provider(algorithm);
    return chosen.isPresent()
        ? keyFactory(algorithm, chosen.get())
        : KeyFactory.getInstance(algorithm);
  }

  /** Corretto signs with the JDK's own Ed25519 keys and has no factory for them. */
  static KeyFactory keyFactory(String algorithm, Provider provider)
      throws NoSuchAlgorithmException {
    return provider.getService("KeyFactory", algorithm) == null
        ? KeyFactory.getInstance(algorithm)
        : KeyFactory.getInstance(algorithm, provider);
  }

  private Optional<Provider> provider(String algorithm) {
    return algorithm.endsWith("RSA") ? rsa.get() : elliptic.get();
  }

  /** Returns name and version for people; loads the provider. */
  @Override
  public String toString() {
    return rsa.get().map(CryptoProvider::describe).orElse("the JDK");
  }

  private static String describe(Provider provider) {
    return provider.getName() + " " + provider.getVersionStr();
  }
}
