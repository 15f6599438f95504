package org.peal.service.koji;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a profile of the keys of its section, with the defaults of Koji's client. */
final class ProfileReader {

  private static final int MOST_SECONDS = 7 * 24 * 3600;
  private static final int MOST_RETRIES = 10_000;

  /** So long an administrator may take; a caller that waits longer would rather park its work. */
  private static final Duration MAINTENANCE = Duration.ofDays(1);

  private static final Duration MOST_PATIENCE = Duration.ofHours(1);

  private final String name;
  private final Map<String, String> values;
  private final Path home;

  ProfileReader(String name, Map<String, String> values, Path home) {
    this.name = name;
    this.values = values;
    this.home = home;
  }

  KojiProfile profile() {
    return new KojiProfile(
        name,
        server(),
        login(),
        existing("serverca", ".koji/serverca.crt"),
        !truth("no_ssl_verify"),
        seconds("timeout", 43200),
        seconds("auth_timeout", 60),
        retries());
  }

  private URI server() {
    String text = values.getOrDefault("server", "http://localhost/kojihub");
    try {
      return new URI(text.replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      throw bad("server", text, "an address like https://HOST/kojihub");
    }
  }

  private RetryPolicy retries() {
    int most = number("max_retries", 30, MOST_RETRIES);
    Duration interval = seconds("retry_interval", 20);
    Duration all = interval.multipliedBy(most);
    Duration patience = all.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : all;
    return new RetryPolicy(
        most,
        interval,
        patience,
        seconds("offline_retry_interval", 20),
        truth("offline_retry") ? MAINTENANCE : patience,
        truth("anon_retry"));
  }

  private Login login() {
    String type = text("authtype");
    Path certificate = existing("cert", ".koji/client.crt");
    String user = text("user");
    if (type == null) {
      type = certificate != null ? "ssl" : user != null ? "password" : "kerberos";
    }
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "noauth" -> new Login.Anonymous();
      case "ssl" -> new Login.Certificate(required("cert", certificate));
      case "password" ->
          new Login.Password(required("user", user), required("password", text("password")));
      case "kerberos", "gssapi" -> new Login.Kerberos(kerberosKey());
      default -> throw bad("authtype", type, "noauth, ssl, password, kerberos or gssapi");
    };
  }

  private Login.Kerberos.@Nullable Key kerberosKey() {
    String principal = text("principal");
    String keytab = text("keytab");
    if (principal == null || keytab == null || !Files.isReadable(path(keytab))) {
      return null;
    }
    return new Login.Kerberos.Key(principal, path(keytab));
  }

  private <T> T required(String key, @Nullable T value) {
    if (value == null) {
      throw new KojiSetupException("profile " + name + " needs the key " + key, null);
    }
    return value;
  }

  /** Returns the file that a key names, else the usual one if it exists. */
  private @Nullable Path existing(String key, String usual) {
    String text = text(key);
    if (text != null) {
      return path(text);
    }
    Path file = home.resolve(usual);
    return Files.exists(file) ? file : null;
  }

  private Path path(String text) {
    return text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
  }

  private @Nullable String text(String key) {
    String value = values.get(key);
    return value == null || value.isEmpty() ? null : value;
  }

  private boolean truth(String key) {
    String text = values.getOrDefault(key, "no");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "yes", "true", "on" -> true;
      case "0", "no", "false", "off" -> false;
      default -> throw bad(key, text, "yes or no");
    };
  }

  private Duration seconds(String key, int usual) {
    return Duration.ofSeconds(number(key, usual, MOST_SECONDS));
  }

  private int number(String key, int usual, int most) {
    String text = text(key);
    if (text == null) {
      return usual;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw bad(key, text, "a whole number");
    }
    throw bad(key, text, "a number from 0 to " + most);
  }

  private KojiSetupException bad(String key, String value, String wanted) {
    return new KojiSetupException(
        key + " of profile " + name + " must be " + wanted + ": " + value, null);
  }
}
