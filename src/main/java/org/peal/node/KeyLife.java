package org.peal.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.TrustException;
import org.peal.crypto.x509.CertificateInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until when the certificates of this host are good. Immutable.
 *
 * @param name the certificate's file name
 * @param end the last instant at which it is good
 */
record KeyLife(String name, Instant end) {

  /** From when on its end is near. */
  static final Duration NEAR = Duration.ofDays(14);

  /** More are not of one host. */
  static final int MOST = 50;

  private static final Logger LOG = LoggerFactory.getLogger(KeyLife.class);

  /** Returns the lives of the certificates in a folder that have their key beside them. */
  static List<KeyLife> in(@Nullable Path folder) {
    List<KeyLife> lives = new ArrayList<>();
    if (folder == null || !Files.isDirectory(folder)) {
      return lives;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.key")) {
      for (Path key : files) {
        if (lives.size() < MOST) {
          add(key, lives);
        }
      }
    } catch (IOException e) {
      LOG.debug("cannot list {}", folder, e);
    }
    lives.sort(Comparator.comparing(KeyLife::name));
    return lives;
  }

  private static void add(Path key, List<KeyLife> lives) {
    String name = String.valueOf(key.getFileName()).replaceFirst("\\.key$", ".crt");
    Path certificate = key.resolveSibling(name);
    if (!Files.exists(certificate)) {
      return;
    }
    try {
      CertificateInfo info = CertificateInfo.read(certificate);
      if (!info.authority()) {
        lives.add(new KeyLife(name, info.notAfter()));
      }
    } catch (TrustException e) {
      LOG.debug("cannot read {}", certificate, e);
    }
  }

  double daysLeft(Instant now) {
    return Duration.between(now, end).toSeconds() / 86400.0;
  }
}
