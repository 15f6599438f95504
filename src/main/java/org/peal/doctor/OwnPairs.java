package org.peal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.x509.KeyPairFiles;

/**
 * The key pairs in the folder of the configuration. Immutable.
 *
 * @param own the names of those that programs on this host sign with: by {@code crypto.certnames},
 *     or by custom {@code PREFIX-HOST}
 * @param others the names of the other ones, without the authority's
 * @param elliptic whether their keys may be of kinds that fedmsg does not know
 */
record OwnPairs(Path folder, List<String> own, List<String> others, EllipticKeys elliptic) {

  private static final String AUTHORITY = "ca";
  private static final String KEY = ".key";
  private static final int MOST = 1000;

  /** Returns them, or empty when no folder is configured. */
  static Optional<OwnPairs> of(Patient patient) {
    CryptoConfig crypto = patient.config().crypto();
    return Optional.ofNullable(crypto.directory())
        .map(folder -> of(folder, crypto, patient.machine().shortHost()));
  }

  private static OwnPairs of(Path folder, CryptoConfig crypto, String host) {
    TreeSet<String> own = new TreeSet<>();
    crypto
        .certnames()
        .forEach(
            (program, name) -> {
              if (program.indexOf('.') < 0 || program.endsWith("." + host)) {
                own.add(name);
              }
            });
    TreeSet<String> others = new TreeSet<>();
    names(folder, KEY).forEach(name -> (name.endsWith("-" + host) ? own : others).add(name));
    others.removeAll(own);
    others.remove(AUTHORITY);
    return new OwnPairs(folder, List.copyOf(own), List.copyOf(others), crypto.elliptic());
  }

  /** Returns the names of the files in a folder that end so, without the ending. */
  static List<String> names(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .limit(MOST)
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  KeyPairFiles pair(String name) {
    return new KeyPairFiles(certificate(name), folder.resolve(name + KEY), elliptic);
  }

  Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  /** Tells whether this is where an authority issues certificates. */
  boolean isOfAuthority() {
    return Files.exists(folder.resolve(AUTHORITY + KEY));
  }
}
