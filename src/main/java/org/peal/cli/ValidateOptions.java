package org.peal.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of those who pass messages on: whether to verify, and whom to trust. */
final class ValidateOptions {

  @Option(
      names = "--validate",
      negatable = true,
      description = "Verify what comes in. Default: only if crypto.validate is true.")
  @Nullable Boolean validate;

  @Mixin TrustOptions trust = new TrustOptions();

  /** Returns the configuration values that were given, checking that the files can be read. */
  Map<String, Object> overrides(PealCommand command) {
    Map<String, Object> values = trust.overrides(command);
    if (validate != null) {
      values.put("crypto.validate", validate);
    }
    return values;
  }
}
