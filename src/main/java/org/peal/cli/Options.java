package org.peal.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.amqp.AmqpUrl;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.Signer;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.crypto.x509.X509Signer;
import org.peal.endpoint.Endpoint;

/** Checks values that several commands take. Stateless. */
final class Options {

  private static final double MOST_SECONDS = 365 * 86_400.0;

  private Options() {}

  static Duration seconds(String option, double value) {
    if (!(value > 0 && value <= MOST_SECONDS)) {
      throw new CommandException(
          ExitCode.USAGE,
          option
              + " must be a positive number of seconds, at most "
              + plain(MOST_SECONDS)
              + ": "
              + plain(value));
    }
    return Duration.ofNanos((long) (value * 1e9));
  }

  static void atLeast(String option, long value, long least) {
    if (value < least) {
      throw new CommandException(
          ExitCode.USAGE, option + " must be at least " + least + ": " + value);
    }
  }

  static Endpoint address(String option, String text) {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, option + ": " + e.getMessage());
    }
  }

  /** Returns an address to connect to. */
  static Endpoint remote(String option, String text) {
    Endpoint endpoint = address(option, text).forConnecting();
    if (endpoint.port() == 0) {
      throw new CommandException(
          ExitCode.USAGE, option + ": port must be at least 1 to connect to: \"" + text + "\"");
    }
    return endpoint;
  }

  /** Returns the address of the one broker that was given. */
  static String broker(String option, List<String> given) {
    if (given.size() != 1) {
      throw new CommandException(ExitCode.USAGE, option + " with --bus amqp names one broker");
    }
    try {
      AmqpUrl.parse(given.get(0));
      return given.get(0);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, option + ": " + e.getMessage());
    }
  }

  /** Returns what signs with the key pair given by two options, if they were given. */
  static Optional<Signer> signer(
      PealCommand command,
      @Nullable Path cert,
      @Nullable Path key,
      CryptoProvider provider,
      CryptoConfig config) {
    return keyPair(command, cert, key, config.elliptic())
        .map(pair -> new X509Signer(pair.watch(), provider, config.sha256().isMade()));
  }

  private static Optional<KeyPairFiles> keyPair(
      PealCommand command, @Nullable Path cert, @Nullable Path key, EllipticKeys elliptic) {
    if (cert == null && key == null) {
      return Optional.empty();
    }
    if (cert == null || key == null) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          cert == null ? "--key needs --cert as well" : "--cert needs --key as well");
    }
    return Optional.of(
        new KeyPairFiles(
            command.readable("--cert", cert), command.readable("--key", key), elliptic));
  }

  /** Returns a number without an exponent and without needless zeros. */
  static String plain(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}
