package org.peal.store;

import java.util.regex.Pattern;

/** Addresses of databases as people may see them. Stateless. */
final class PostgresUrl {

  private static final Pattern PASSWORD = Pattern.compile("([?&]password=)[^&]*");
  private static final Pattern LOG_IN = Pattern.compile("(//[^/@:]*):[^/@]*@");

  private PostgresUrl() {}

  /** Returns an address without the password in it. */
  static String hide(String url) {
    String hidden = PASSWORD.matcher(url).replaceAll("$1...");
    return LOG_IN.matcher(hidden).replaceAll("$1:...@");
  }
}
