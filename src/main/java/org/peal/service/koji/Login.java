package org.peal.service.koji;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How to log in at a hub; the kinds are all there are. Immutable. */
public sealed interface Login {

  /** Not at all: for calls that read. */
  record Anonymous() implements Login {}

  /**
   * By client certificate.
   *
   * @param file PEM with the key and the certificate
   */
  record Certificate(Path file) implements Login {}

  /** By name and password, in clear text within the connection. */
  record Password(String user, String password) implements Login {

    /** Returns the user alone. */
    @Override
    public String toString() {
      return "Password[user=" + user + "]";
    }
  }

  /**
   * By Kerberos ticket.
   *
   * @param key makes a ticket; null takes the one in the ticket cache
   */
  record Kerberos(@Nullable Key key) implements Login {

    /** A user of Kerberos and the file with its key. */
    public record Key(String principal, Path keytab) {}
  }
}
