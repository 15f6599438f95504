package org.peal.endpoint;

import java.util.Locale;
import java.util.regex.Pattern;

/** What counts as a name in the DNS, for us: less than it allows. Stateless. */
final class Domains {

  private static final int MAX_LENGTH = 253;
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  // Parsers of addresses disagree on what such a name means, so it means nothing here.
  private static final Pattern LIKE_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  private Domains() {}

  /**
   * Tells whether a text without a dot at its end names a host, and cannot be read as an address.
   */
  static boolean isHost(String name) {
    return name.length() <= MAX_LENGTH
        && NAME.matcher(name).matches()
        && !LIKE_A_NUMBER.matcher(name).matches();
  }

  /**
   * Returns a domain in lower case and without a dot at its end.
   *
   * @throws IllegalArgumentException naming the text and what would be right
   */
  static String check(String domain) {
    String name = domain.toLowerCase(Locale.ROOT);
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (!isHost(name)) {
      throw new IllegalArgumentException(
          "domain must be a name such as example.org: \"" + domain + "\"");
    }
    return name;
  }
}
