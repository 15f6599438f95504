package org.peal.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.Location;
import picocli.CommandLine.Option;

/** The options that say whom to trust. */
final class TrustOptions {

  @Option(
      names = "--ca",
      paramLabel = "FILE|URL",
      description =
          "Trust the certificate authorities in this PEM file, or https address (crypto.ca).")
  @Nullable String ca;

  @Option(
      names = "--crl",
      paramLabel = "FILE|URL",
      description =
          "Refuse what the revocation lists in this PEM file, or https address, name (crypto.crl).")
  @Nullable String crl;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Which signers may use which topic, YAML or JSON (crypto.policy).")
  @Nullable Path policy;

  @Option(
      names = "--nitpicky",
      description = "Refuse topics that the policy does not name (crypto.nitpicky).")
  boolean nitpicky;

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      description = "Refuse messages that are older, as in 90s, 5m, 2h or 7d (crypto.max-age).")
  @Nullable String maxAge;

  /** Returns the configuration values that were given, checking that the files can be read. */
  Map<String, Object> overrides(PealCommand command) {
    Map<String, Object> values = new LinkedHashMap<>();
    putLocation(values, command, "crypto.ca", "--ca", ca);
    putLocation(values, command, "crypto.crl", "--crl", crl);
    putFile(values, command, "crypto.policy", "--policy", policy);
    if (nitpicky) {
      values.put("crypto.nitpicky", true);
    }
    if (maxAge != null) {
      values.put("crypto.max-age", maxAge);
    }
    return values;
  }

  private static void putLocation(
      Map<String, Object> values,
      PealCommand command,
      String key,
      String option,
      @Nullable String location) {
    if (location != null && Location.isAddress(location)) {
      values.put(key, location);
    } else {
      putFile(values, command, key, option, location == null ? null : Path.of(location));
    }
  }

  private static void putFile(
      Map<String, Object> values,
      PealCommand command,
      String key,
      String option,
      @Nullable Path file) {
    if (file != null) {
      values.put(key, command.readable(option, file).toString());
    }
  }
}
