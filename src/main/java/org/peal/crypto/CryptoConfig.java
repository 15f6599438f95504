package org.peal.crypto;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;
import org.peal.message.Scheme;

/**
 * The {@code crypto} section: own keys and whom to trust. Immutable; null means not set.
 *
 * @param sign null means: when there is a key pair
 * @param validate null means: when there is a certificate authority
 */
@Doc("Signing what this node publishes, and judging what others say.")
public record CryptoConfig(
    @Doc("Whether to sign. When not set: if there is a key pair.") @Nullable Boolean sign,
    @Doc("Whether to verify. When not set: if there is a certificate authority.")
        @Nullable Boolean validate,
    @Doc(
            "PEM file with the trusted authority's certificate, and intermediates if it has any, or"
                + " the https address of one. When not set: `certs/ca.crt` beside the"
                + " configuration, if it is there.")
        @Nullable Location ca,
    @Doc(
            "PEM file with one or more revocation lists, or the https address of one, which is"
                + " fetched every hour. Without it nothing is taken as revoked. When not set:"
                + " `certs/crl.pem` together with `certs/ca.crt`.")
        @Nullable Location crl,
    @Doc(
            "How long after its end the last good revocation list still serves, with a warning a"
                + " day. Later every message that depends on it is refused.")
        Duration crlGrace,
    @Doc(
            "Folder of key pairs, `NAME.crt` and `NAME.key`. When not set: `certs` beside the"
                + " configuration, if it is there.")
        @Nullable Path directory,
    @Doc(
            "Which key pair a program uses: `PREFIX.HOST`, with the host's short name, or `PREFIX`"
                + " for any host, to NAME.")
        Map<String, String> certnames,
    @Doc("Prefix looked up in `certnames` when a command does not say its own.")
        @Nullable String certPrefix,
    @Doc("YAML or JSON file of topics and the signers that may use each.") @Nullable Path policy,
    @Doc("Whether a topic that the policy does not name is refused.") Boolean nitpicky,
    @Doc("Age at which a message is refused as stale. When not set: never.")
        @Nullable Duration maxAge,
    @Doc(
            "Which signatures are accepted. `gpg` ones cover only the body: whoever has such a"
                + " message can send it again under any topic.")
        List<Scheme> schemes,
    @Doc("How this node signs, unless a command is given a certificate and a key.") Scheme backend,
    @Doc(
            "The SHA-256 signature that X.509 messages of Peal can carry beside fedmsg's of SHA-1,"
                + " which old peers ignore. `off`: not made, checked if it is there. `sign`: made"
                + " as well. `require`: also refuse X.509 messages without it, so all that fedmsg"
                + " publishes.")
        Sha256 sha256,
    @Doc(
            "Ed25519 and ECDSA P-256 keys, which sign faster than RSA and without SHA-1, but which"
                + " fedmsg nodes and older nodes of Peal refuse. `off`: refused, and not used."
                + " `accept`: what others sign with them can be valid; first set this everywhere."
                + " `sign`: own keys may be of these kinds too.")
        EllipticKeys elliptic,
    GpgConfig gpg) {

  public CryptoConfig {
    certnames = Map.copyOf(requireNonNullElse(certnames, Map.of()));
    crlGrace = requireNonNullElse(crlGrace, Duration.ZERO);
    nitpicky = requireNonNullElse(nitpicky, false);
    schemes = List.copyOf(requireNonNullElse(schemes, List.of(Scheme.X509)));
    backend = requireNonNullElse(backend, Scheme.X509);
    sha256 = requireNonNullElse(sha256, Sha256.OFF);
    elliptic = requireNonNullElse(elliptic, EllipticKeys.OFF);
    if (schemes.isEmpty()) {
      throw new IllegalArgumentException("schemes must name at least one of x509, gpg");
    }
  }

  /**
   * Returns the same with what is not set taken from a folder: the folder itself for key pairs, and
   * {@code ca.crt} with its {@code crl.pem} if they are there. A revocation list goes with the
   * authority beside it, never with another one.
   */
  public CryptoConfig withFilesIn(Path folder) {
    Path authority = folder.resolve("ca.crt");
    boolean ownAuthority = ca == null && Files.exists(authority);
    Path list = folder.resolve("crl.pem");
    return new CryptoConfig(
        sign,
        validate,
        ownAuthority ? Location.of(authority) : ca,
        crl == null && ownAuthority && Files.exists(list) ? Location.of(list) : crl,
        crlGrace,
        directory == null ? folder : directory,
        certnames,
        certPrefix,
        policy,
        nitpicky,
        maxAge,
        schemes,
        backend,
        sha256,
        elliptic,
        gpg);
  }
}
