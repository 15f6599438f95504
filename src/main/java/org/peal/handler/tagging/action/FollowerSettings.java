package org.peal.handler.tagging.action;

import static java.util.Objects.requireNonNullElse;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/**
 * What the handler {@code tagging-results} can be told. Immutable; what is left out is a default.
 */
public record FollowerSettings(
    @Doc("The section of Koji's client configuration that says where the hub is and who logs in.")
        String kojiProfile,
    @Doc("The hub, instead of the profile's.") @Nullable URI kojiServer,
    @Doc("The key and certificate to log in with, in PEM, instead of the profile's.")
        @Nullable Path kojiCert,
    @Doc("The folder of koji.conf and koji.conf.d.") Path kojiConfig,
    @Doc("How long to wait at least before a task that is not finished is looked at again.")
        Duration interval) {

  public FollowerSettings {
    kojiProfile = requireNonNullElse(kojiProfile, "koji");
    kojiConfig = requireNonNullElse(kojiConfig, Path.of("/etc"));
    interval = requireNonNullElse(interval, Duration.ofSeconds(15));
    if (interval.isNegative()) {
      throw new IllegalArgumentException("interval must not be negative: " + interval);
    }
  }
}
