package org.peal.store;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/**
 * The section {@code postgresql}: the database that nodes share. Immutable.
 *
 * @param url null: there is none
 */
@Doc(
    "The PostgreSQL database that nodes with the same handlers share, 13 or newer. It holds leases"
        + " and what handlers with a lease keep, in the schema `peal`, which is made if it is not"
        + " there.")
public record PostgresConfig(
    @Doc(
            "Where it is: `postgresql://HOST:PORT/DATABASE`, with the driver's own settings behind"
                + " `?`, such as `sslmode=verify-full`. Several `HOST:PORT` with commas between are"
                + " tried in turn.")
        @Nullable String url,
    @Doc("The role to log in as. When not set: the one of `url`, or else of the system's user.")
        Optional<String> user,
    @Doc(
            "A file with the role's password, read at each log-in. When not set: the one of `url`,"
                + " or of `~/.pgpass`.")
        Optional<Path> passwordFile) {

  private static final String SCHEME = "postgresql://";
  private static final String JDBC = "jdbc:";

  public PostgresConfig {
    user = user == null ? Optional.empty() : user;
    passwordFile = passwordFile == null ? Optional.empty() : passwordFile;
    if (url != null && !withoutJdbc(url).startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "url must be postgresql://HOST:PORT/DATABASE: \"" + PostgresUrl.hide(url) + "\"");
    }
  }

  /** Returns the configuration that holds when nothing is said. */
  public static PostgresConfig defaults() {
    return new PostgresConfig(null, Optional.empty(), Optional.empty());
  }

  /** Tells whether a database is named. */
  public boolean isSet() {
    return url != null;
  }

  /**
   * Returns the address for people, without a password.
   *
   * @throws IllegalStateException if there is none
   */
  public String shown() {
    return PostgresUrl.hide(withoutJdbc(address()));
  }

  /** Returns the address as the driver wants it. */
  String jdbc() {
    return JDBC + withoutJdbc(address());
  }

  private String address() {
    if (url == null) {
      throw new IllegalStateException("postgresql.url is not set");
    }
    return url;
  }

  private static String withoutJdbc(String url) {
    return url.startsWith(JDBC) ? url.substring(JDBC.length()) : url;
  }
}
