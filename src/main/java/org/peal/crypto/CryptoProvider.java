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
  public static final CryptoProvider JDK = new CryptoProvider(Optional::empty);

  /**
   * The Amazon Corretto Crypto Provider where it loads and passes its test, else the JDK. It is
   * loaded at the first use, not before; a fall-back to the JDK is logged once, with its reason.
   */
  public static final CryptoProvider FAST = new CryptoProvider(() -> Loaded.CORRETTO);

  /** The system property that makes {@link #FAST} the JDK too, for comparisons. */
  private static final String CHOICE = "peal.crypto.provider";

  private final Supplier<Optional<Provider>> provider;

  private CryptoProvider(Supplier<Optional<Provider>> provider) {
    this.provider = provider;
  }

  /** Initialized once, at the first use of {@link #FAST}. */
  private static final class Loaded {
    static final Optional<Provider> CORRETTO =
        System.getProperty(CHOICE, "").equals("jdk")
            ? Optional.empty()
            : loadOrFallBack(System.getProperty("os.arch", ""));
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
    Optional<Provider> chosen = provider.get();
    return chosen.isPresent()
        ? Signature.getInstance(algorithm, chosen.get())
        : Signature.getInstance(algorithm);
  }

  /** Returns a factory of keys that suit {@link #signature} without translation. */
  public KeyFactory keyFactory(String algorithm) throws NoSuchAlgorithmException {
    Optional<Provider> chosen = provider.get();
    return chosen.isPresent()
        ? KeyFactory.getInstance(algorithm, chosen.get())
        : KeyFactory.getInstance(algorithm);
  }

  /** Returns name and version for people; loads the provider. */
  @Override
  public String toString() {
    return provider.get().map(CryptoProvider::describe).orElse("the JDK");
  }

  private static String describe(Provider provider) {
    return provider.getName() + " " + provider.getVersionStr();
  }
}
