package org.peal.handler.tagging;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.peal.config.Place;

/** Where rules are read from. Immutable. */
public sealed interface RuleLocation {

  /** Returns the place that stands for all that is read there. */
  Place place();

  /** A file. */
  record LocalFile(Path path) implements RuleLocation {
    @Override
    public Place place() {
      return Place.of(path);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** An address with the scheme http or https. */
  record Web(URI address) implements RuleLocation {
    @Override
    public Place place() {
      return Place.at(address.toString());
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * Reads a path, relative to a folder, or an address that begins with file:, http: or https:.
   *
   * @throws IllegalArgumentException naming the text and what would be right
   */
  static RuleLocation parse(String text, Path folder) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean web = lower.startsWith("http://") || lower.startsWith("https://");
    try {
      if (lower.startsWith("file:")) {
        return new LocalFile(Path.of(URI.create(text)));
      } else if (web) {
        return new Web(address(text));
      }
      return new LocalFile(folder.resolve(text).normalize());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be a path, or an address with file:, http: or https:", e);
    }
  }

  private static URI address(String text) {
    URI address = URI.create(text);
    boolean secret = address.getRawUserInfo() != null;
    if (address.getHost() == null || secret || address.getRawFragment() != null) {
      throw new IllegalArgumentException("no host, or more than an address");
    }
    return address;
  }
}
