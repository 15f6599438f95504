package org.peal.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.config.ConfigException;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.Signer;
import org.peal.crypto.TrustException;
import org.peal.crypto.x509.CertificateInfo;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.message.Scheme;

/**
 * Signs drafts with the key pair of their prefix, if it may be used here and the routing policy
 * lets its owner use the topic: everybody else would refuse the message. Thread-safe.
 */
final class NodeSigners implements Signers {

  /** What {@code peal logger} and {@code fedmsg-logger} sign as. */
  static final String BUILT_IN = "shell";

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  /** A key pair with the name that policies know its owner by. */
  private record Own(Optional<Signer> signer, Optional<String> name) {}

  private final CryptoConfig config;
  private final OwnKeys keys;
  private final Optional<List<String>> allowed;
  private final Supplier<RoutingPolicy> policy;

  /** Those that exist; there are as many as the operator made. */
  private final Map<String, Own> known = new ConcurrentHashMap<>();

  private final Own usual;

  /**
   * Finds the usual key pair.
   *
   * @param allowed the prefixes that drafts may name; empty for all that have a key pair
   * @throws ConfigException if there is no key pair and {@code crypto.sign} is true
   * @throws TrustException if it cannot be loaded
   */
  NodeSigners(
      CryptoConfig config,
      OwnKeys keys,
      Optional<List<String>> allowed,
      Supplier<RoutingPolicy> policy) {
    this.config = config;
    this.keys = keys;
    this.allowed = allowed;
    this.policy = policy;
    this.usual =
        new Own(
            keys.signer(null, BUILT_IN, CryptoProvider.FAST),
            config.backend() == Scheme.GPG
                ? Optional.empty()
                : keys.find(null, BUILT_IN).flatMap(NodeSigners::name));
  }

  /** Tells whether drafts without a prefix are signed. */
  boolean hasUsual() {
    return usual.signer().isPresent();
  }

  /** Returns what signs drafts without a prefix, if there is a key pair. */
  Optional<Signer> usual() {
    return usual.signer();
  }

  @Override
  public Optional<Signer> of(Draft draft) {
    Own own = draft.certPrefix().map(this::named).orElse(usual);
    if (own.name().isPresent() && !policy.get().permits(draft.topic(), own.name().get())) {
      throw forbidden(
          "the routing policy does not let \"%s\" use the topic %s"
              .formatted(own.name().get(), draft.topic()));
    }
    return own.signer();
  }

  private Own named(String prefix) {
    if (Boolean.FALSE.equals(config.sign()) || config.backend() == Scheme.GPG) {
      return usual;
    }
    if (!PREFIX.matcher(prefix).matches()
        || allowed.isPresent() && !allowed.get().contains(prefix)) {
      throw forbidden("this node does not sign for cert-prefix \"" + prefix + "\"");
    }
    Own found = known.get(prefix);
    if (found == null) {
      found = load(prefix);
      known.put(prefix, found);
    }
    return found;
  }

  private Own load(String prefix) {
    try {
      KeyPairFiles pair =
          keys.find(prefix, BUILT_IN)
              .orElseThrow(
                  () -> forbidden("there is no key pair for cert-prefix \"" + prefix + "\" here"));
      return new Own(keys.signer(prefix, BUILT_IN, CryptoProvider.FAST), name(pair));
    } catch (ConfigException | TrustException e) {
      throw new PublishException(
          Kind.FORBIDDEN,
          "cert-prefix \"%s\" cannot be used here: %s".formatted(prefix, e.getMessage()),
          e);
    }
  }

  private static Optional<String> name(KeyPairFiles pair) {
    return CertificateInfo.read(pair.certificate()).signer();
  }

  private static PublishException forbidden(String why) {
    return new PublishException(Kind.FORBIDDEN, why, null);
  }
}
