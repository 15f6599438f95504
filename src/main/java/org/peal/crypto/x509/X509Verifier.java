package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.Reason;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verified;
import org.peal.crypto.Verifier;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.Scheme;
import org.peal.message.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies messages that are signed as fedmsg signs them. Thread-safe.
 *
 * <p>The checks run in one fixed order and the first that fails gives the reason: JSON object,
 * scheme, credential fields, certificate and its chain, signature, signer's name, envelope, routing
 * policy, topic frame, age.
 */
public final class X509Verifier implements Verifier {

  private static final Logger LOG = LoggerFactory.getLogger(X509Verifier.class);

  private final Supplier<TrustSnapshot> trust;
  private final Supplier<RoutingPolicy> policy;
  private final Set<Scheme> allowed;
  private final InstantSource clock;
  private final Optional<Freshness> freshness;
  private final JsonLimits limits;

  private X509Verifier(Builder builder) {
    this.trust = builder.trust;
    this.policy = builder.policy;
    this.allowed = Set.copyOf(builder.allowed);
    this.clock = builder.clock;
    this.freshness = builder.maxAge.map(Freshness::new);
    this.limits = builder.limits;
  }

  /**
   * Starts a verifier that trusts what the supplier returns at each message.
   *
   * @param trust asked for every message; a {@link org.peal.crypto.Watched} follows its files
   */
  public static Builder builder(Supplier<TrustSnapshot> trust) {
    return new Builder(trust);
  }

  /** Collects what a verifier needs besides trust. Not thread-safe. */
  public static final class Builder {

    private final Supplier<TrustSnapshot> trust;
    private Supplier<RoutingPolicy> policy = () -> RoutingPolicy.OPEN;
    private Set<Scheme> allowed = Set.of(Scheme.X509);
    private InstantSource clock = InstantSource.system();
    private Optional<Duration> maxAge = Optional.empty();
    private JsonLimits limits = JsonLimits.DEFAULT;

    private Builder(Supplier<TrustSnapshot> trust) {
      this.trust = trust;
    }

    /** Sets the routing policy, asked for every message; without it everyone may use all topics. */
    public Builder policy(Supplier<RoutingPolicy> source) {
      this.policy = source;
      return this;
    }

    /** Sets which schemes are allowed; without it only X.509, the only one that is understood. */
    public Builder allowed(Set<Scheme> schemes) {
      this.allowed = schemes;
      return this;
    }

    /** Sets what time it is; {@code InstantSource.fixed} judges everything at one instant. */
    public Builder clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    /** Sets the age from which messages are STALE; without it age does not matter. */
    public Builder maxAge(Duration limit) {
      this.maxAge = Optional.of(limit);
      return this;
    }

    /** Sets the bounds of the JSON texts; {@link JsonLimits#DEFAULT} without it. */
    public Builder limits(JsonLimits bounds) {
      this.limits = bounds;
      return this;
    }

    /** Returns the verifier. */
    public X509Verifier build() {
      return new X509Verifier(this);
    }
  }

  @Override
  public Verified verify(byte[] payload, byte @Nullable [] topicFrame) {
    JsonNode tree;
    try {
      tree = StrictJson.parse(payload, limits);
    } catch (MalformedJsonException e) {
      return new Verified(Optional.empty(), Refusal.malformed(describe(e)).verdict());
    } catch (RuntimeException | StackOverflowError e) {
      return new Verified(Optional.empty(), unexpected(e));
    }
    return new Verified(Optional.of(tree), judge(tree, topicFrame));
  }

  private static String describe(MalformedJsonException e) {
    String problem = String.valueOf(e.getMessage());
    return e.line() == 0
        ? problem
        : "%s (line %d column %d)".formatted(problem, e.line(), e.column());
  }

  private Verdict judge(JsonNode tree, byte @Nullable [] topicFrame) {
    try {
      return check(object(tree), topicFrame);
    } catch (Refusal refusal) {
      return refusal.verdict();
    } catch (RuntimeException | StackOverflowError e) {
      return unexpected(e);
    }
  }

  private static Verdict unexpected(Throwable problem) {
    LOG.debug("a message could not be verified", problem);
    return Refusal.malformed("cannot be verified: " + problem).verdict();
  }

  private static ObjectNode object(JsonNode tree) throws Refusal {
    if (tree instanceof ObjectNode) {
      return (ObjectNode) tree;
    }
    String type = tree.getNodeType().name().toLowerCase(Locale.ROOT);
    throw Refusal.malformed("message is not a JSON object but of type " + type);
  }

  private Verdict check(ObjectNode message, byte @Nullable [] topicFrame) throws Refusal {
    Instant now = clock.instant();
    Credentials credentials = Credentials.of(message, allowed);
    TrustSnapshot trusted = trust.get();
    Judgement.Holder holder = trusted.judge(credentials.certificate(), now).holder();
    requireSigned(message, credentials.signature(), holder.key(), trusted.rsa());
    String signer = requireName(holder);
    Topic topic = topic(message);
    requirePermitted(topic, signer);
    requireSameTopic(topic, topicFrame);
    if (freshness.isPresent()) {
      freshness.get().check(message.get("timestamp"), now);
    }
    return new Verdict.Valid(signer, Scheme.X509, Verdict.Coverage.ENVELOPE);
  }

  private static void requireSigned(
      ObjectNode message, byte[] signature, @Nullable RSAPublicKey key, Sha1Rsa rsa)
      throws Refusal {
    if (key == null) {
      throw new Refusal(Reason.BAD_SIGNATURE, "the certificate's key is not a usable RSA key");
    }
    if (!rsa.verify(key, signedText(message), signature)) {
      throw new Refusal(
          Reason.BAD_SIGNATURE, "the signature does not fit the message and the certificate");
    }
  }

  private static byte[] signedText(ObjectNode message) {
    ObjectNode signed = message.objectNode();
    signed.setAll(message);
    signed.remove(Fields.SIGNATURE);
    signed.remove(Fields.CERTIFICATE);
    return CanonicalJson.write(signed);
  }

  private static String requireName(Judgement.Holder holder) throws Refusal {
    String name = holder.name();
    if (name == null) {
      throw Refusal.malformed("the subject of the certificate has no common name");
    }
    return name;
  }

  private static Topic topic(ObjectNode message) throws Refusal {
    JsonNode topic = message.get("topic");
    if (topic == null || !topic.isTextual() || topic.textValue().isEmpty()) {
      throw Refusal.malformed("field \"topic\" is not a string with a topic");
    }
    if (!message.has("msg")) {
      throw Refusal.malformed("no field \"msg\"");
    }
    return new Topic(topic.textValue());
  }

  private void requirePermitted(Topic topic, String signer) throws Refusal {
    RoutingPolicy rules = policy.get();
    if (rules.permits(topic, signer)) {
      return;
    }
    String name = Details.excerpt(topic.value());
    throw new Refusal(
        Reason.NOT_PERMITTED,
        rules.ruleFor(topic).isPresent()
            ? Details.excerpt(signer) + " may not use topic " + name
            : "topic " + name + " is not in the routing policy");
  }

  private static void requireSameTopic(Topic topic, byte @Nullable [] frame) throws Refusal {
    if (frame == null || Arrays.equals(frame, topic.value().getBytes(StandardCharsets.UTF_8))) {
      return;
    }
    String found = new String(frame, StandardCharsets.UTF_8);
    throw new Refusal(
        Reason.TOPIC_MISMATCH,
        "topic frame says %s, the message says %s"
            .formatted(Details.excerpt(found), Details.excerpt(topic.value())));
  }
}
