package org.peal.crypto;

import java.net.URI;
import java.nio.file.Path;
import org.peal.config.Doc;

/** Where trust is read from: a file, or an address that is fetched. Immutable. */
@Doc("path or https address")
public sealed interface Location {

  /** A file. */
  record LocalFile(Path path) implements Location {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** An address with the scheme https. */
  record Https(URI address) implements Location {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** Returns the location of a file. */
  static Location of(Path file) {
    return new LocalFile(file);
  }

  /** Tells whether a text has the form of an address rather than of a path. */
  static boolean isAddress(String text) {
    return text.contains("://");
  }

  /**
   * Reads a path, relative to a folder, or an https address.
   *
   * @throws IllegalArgumentException naming the text and what would be right
   */
  static Location parse(String text, Path folder) {
    if (isAddress(text)) {
      return new Https(address(text));
    }
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must be a path or an https address: \"" + text + "\"");
    }
    return new LocalFile(folder.resolve(text).normalize());
  }

  private static URI address(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
    if (address.getRawUserInfo() != null) {
      // Not quoted: it holds a password.
      throw new IllegalArgumentException("must be an address without user name and password");
    }
    boolean secure = "https".equalsIgnoreCase(address.getScheme());
    if (!secure || address.getHost() == null || address.getRawFragment() != null) {
      throw refused(text);
    }
    return address;
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "must be a path or an https address, such as https://ca.example.org/crl.pem: \""
            + text
            + "\"");
  }
}
