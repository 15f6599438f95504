package org.peal.handler.tagging.action;

import static java.util.Objects.requireNonNullElse;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;
import org.peal.handler.tagging.Compat;
import org.peal.handler.tagging.RuleLocation;
import org.peal.handler.tagging.TaggingSettings;
import org.peal.handler.tagging.TaggingSettings.Identity;

/**
 * What the handler {@code tagging} can be told. Immutable; a component left out is its default.
 *
 * @param rulesFileUrl never empty
 */
public record TaggingHandlerSettings(
    @Doc("The rules: a path, or an address with file:, http: or https:.") String rulesFileUrl,
    @Doc("The Module Build Service.") URI mbsApiUrl,
    @Doc("How long one question to the Module Build Service may take.") Duration requestsTimeout,
    @Doc("The state of builds that rules without build_state are for.") String buildState,
    @Doc("The states of builds that are looked at at all.") List<String> buildStateMsgFilter,
    @Doc("Whose behaviour is wanted where the original's is one that nobody would want.")
        Compat compat,
    @Doc("Where name, stream, version and context are taken from for matching.")
        @Nullable Identity identityFrom,
    @Doc("The section of Koji's client configuration that says where the hub is and who logs in.")
        String kojiProfile,
    @Doc("The hub, instead of the profile's.") @Nullable URI kojiServer,
    @Doc("The key and certificate to log in with, in PEM, instead of the profile's.")
        @Nullable Path kojiCert,
    @Doc("With principal: the key for a Kerberos ticket, instead of the profile's.")
        @Nullable Path keytab,
    @Doc("With keytab: whose it is.") @Nullable String principal,
    @Doc("The folder of koji.conf and koji.conf.d.") Path kojiConfig,
    @Doc("Whether tags are asked for on the twin with the suffix -devel.") DevelTwin devel,
    @Doc("So long after a message Koji may have no such build; then it is refused.")
        Duration buildGrace,
    @Doc(
            "What the topics of announcements begin with, as in org.example.prod.mts. When not set:"
                + " what the message's topic has before .mbs., and mts.")
        @Nullable String topicPrefix) {

  private static final URI FEDORA =
      URI.create("https://mbs.fedoraproject.org/module-build-service/1/");

  public TaggingHandlerSettings {
    if (rulesFileUrl == null || rulesFileUrl.isEmpty()) {
      throw new IllegalArgumentException(
          "rules-file-url must say where the rules are: a path or an address");
    }
    mbsApiUrl = requireNonNullElse(mbsApiUrl, FEDORA);
    requestsTimeout = requireNonNullElse(requestsTimeout, Duration.ofSeconds(20));
    buildState = requireNonNullElse(buildState, "ready");
    buildStateMsgFilter =
        buildStateMsgFilter == null ? List.of("ready", "done") : List.copyOf(buildStateMsgFilter);
    compat = requireNonNullElse(compat, Compat.PEAL);
    kojiProfile = requireNonNullElse(kojiProfile, "koji");
    kojiConfig = requireNonNullElse(kojiConfig, Path.of("/etc"));
    devel = requireNonNullElse(devel, DevelTwin.ALWAYS);
    buildGrace = requireNonNullElse(buildGrace, Duration.ofMinutes(5));
    if (requestsTimeout.isZero() || requestsTimeout.isNegative()) {
      throw new IllegalArgumentException("requests-timeout must be positive: " + requestsTimeout);
    }
    String scheme = String.valueOf(mbsApiUrl.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https") || mbsApiUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "mbs-api-url must be http://HOST/... or https://HOST/...: " + mbsApiUrl);
    }
  }

  /** Returns what the rules are read and applied with. */
  public TaggingSettings rules() {
    TaggingSettings defaults = TaggingSettings.defaults(compat);
    return new TaggingSettings(
        compat,
        buildState,
        Set.copyOf(buildStateMsgFilter),
        false,
        requireNonNullElse(identityFrom, defaults.identity()));
  }

  /**
   * Returns where the rules are.
   *
   * @throws IllegalArgumentException if they are nowhere
   */
  public RuleLocation location() {
    return RuleLocation.parse(rulesFileUrl, Path.of("").toAbsolutePath());
  }

  /** Returns the keys of Koji's configuration that are said here. */
  Map<String, String> kojiOverrides() {
    Map<String, String> keys = KojiHub.overrides(kojiServer, kojiCert);
    if (keytab != null && principal != null) {
      keys.put("keytab", keytab.toString());
      keys.put("principal", principal);
    }
    return keys;
  }
}
