package org.peal.crypto;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.security.Provider;
import java.util.Collections;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.peal.LibraryFolder;

/**
 * Loads the Amazon Corretto Crypto Provider. Stateless.
 *
 * <p>Its jars for different processors hold the same classes and, under one name, different native
 * libraries. So the right jar gets a class loader of its own instead of a place on the class path.
 */
final class Corretto {

  private static final String PROVIDER =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final String LIBRARY =
      "com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so";

  /** The property that says where the library is unpacked. */
  private static final String FOLDER = "com.amazon.corretto.crypto.provider.tmpdir";

  /** It logs a stack trace when it cannot load; held here, for loggers are collected. */
  private static final Logger ITS_LOG = Logger.getLogger("AmazonCorrettoCryptoProvider");

  /** The names of processors as Java says them, and as the jars do. */
  private static final Map<String, String> PROCESSORS =
      Map.of("amd64", "linux-x86_64", "x86_64", "linux-x86_64", "aarch64", "linux-aarch_64");

  private Corretto() {}

  /** Thrown when the provider cannot be used; the message tells why. */
  static final class Unavailable extends Exception {
    Unavailable(String problem, @Nullable Throwable cause) {
      super(problem, cause);
    }
  }

  /**
   * Returns the provider, with its native library loaded.
   *
   * @param processor as the property {@code os.arch} says it
   */
  static Provider load(String processor) throws Unavailable {
    ITS_LOG.setLevel(Level.OFF);
    LibraryFolder.nameBy(FOLDER);
    // Never closed: the provider loads more of its classes as it works.
    URLClassLoader loader =
        new URLClassLoader(
            "corretto", new URL[] {jar(processor)}, ClassLoader.getPlatformClassLoader());
    try {
      Provider provider =
          (Provider) loader.loadClass(PROVIDER).getDeclaredConstructor().newInstance();
      requireLoaded(provider);
      return provider;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new Unavailable("the Corretto provider does not load: " + rootCause(e), e);
    }
  }

  private static void requireLoaded(Provider provider)
      throws ReflectiveOperationException, Unavailable {
    Object error = provider.getClass().getMethod("getLoadingError").invoke(provider);
    if (error instanceof Throwable problem) {
      throw new Unavailable("its native library does not load: " + rootCause(problem), problem);
    }
  }

  private static URL jar(String processor) throws Unavailable {
    String suffix = PROCESSORS.getOrDefault(processor, "");
    String system = System.getProperty("os.name", "");
    if (suffix.isEmpty() || !system.equals("Linux")) {
      throw new Unavailable("no Corretto provider for " + system + " on " + processor, null);
    }
    try {
      for (URL library : Collections.list(Corretto.class.getClassLoader().getResources(LIBRARY))) {
        URLConnection connection = library.openConnection();
        if (connection instanceof JarURLConnection inJar
            && inJar.getJarFileURL().getPath().endsWith(suffix + ".jar")) {
          return inJar.getJarFileURL();
        }
      }
    } catch (IOException e) {
      throw new Unavailable("cannot look for the Corretto provider: " + e.getMessage(), e);
    }
    throw new Unavailable("no Corretto provider in the installation", null);
  }

  private static Throwable rootCause(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
