package org.peal.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.Scheme;
import org.peal.message.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies messages that are signed as fedmsg signs them, by the schemes that are allowed.
 * Thread-safe.
 *
 * <p>The checks run in one fixed order and the first that fails gives the reason: JSON object,
 * scheme, what the scheme checks, envelope, routing policy, topic frame, age.
 */
public final class MessageVerifier implements Verifier {

  private static final Logger LOG = LoggerFactory.getLogger(MessageVerifier.class);

  private final Map<Scheme, SchemeVerifier> schemes;
  private final Supplier<RoutingPolicy> policy;
  private final InstantSource clock;
  private final Optional<Freshness> freshness;
  private final JsonLimits limits;

  private MessageVerifier(Builder builder) {
    this.schemes = Map.copyOf(builder.schemes);
    this.policy = builder.policy;
    this.clock = builder.clock;
    this.freshness = builder.maxAge.map(Freshness::new);
    this.limits = builder.limits;
  }

  /** Starts a verifier that allows no scheme yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what a verifier needs. Not thread-safe. */
  public static final class Builder {

    private final Map<Scheme, SchemeVerifier> schemes = new EnumMap<>(Scheme.class);
    private Supplier<RoutingPolicy> policy = () -> RoutingPolicy.OPEN;
    private InstantSource clock = InstantSource.system();
    private Optional<Duration> maxAge = Optional.empty();
    private JsonLimits limits = JsonLimits.DEFAULT;

    private Builder() {}

    /** Allows a scheme; all others are refused. */
    public Builder allow(SchemeVerifier verifier) {
      schemes.put(verifier.scheme(), verifier);
      return this;
    }

    /** Sets the routing policy, asked for every message; without it everyone may use all topics. */
    public Builder policy(Supplier<RoutingPolicy> source) {
      this.policy = source;
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
    public MessageVerifier build() {
      return new MessageVerifier(this);
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
    if (tree instanceof ObjectNode object) {
      return object;
    }
    String type = tree.getNodeType().name().toLowerCase(Locale.ROOT);
    throw Refusal.malformed("message is not a JSON object but of type " + type);
  }

  private Verdict check(ObjectNode message, byte @Nullable [] topicFrame) throws Refusal {
    Instant now = clock.instant();
    SchemeVerifier scheme = allowed(SchemeChoice.of(message));
    Signed signed = scheme.verify(message, now);
    Topic topic = topic(message);
    requirePermitted(topic, signed.signer());
    requireSameTopic(topic, topicFrame);
    if (freshness.isPresent()) {
      freshness.get().check(message.get("timestamp"), signed.time(), now);
    }
    return new Verdict.Valid(signed.signer(), scheme.scheme(), signed.coverage(), signed.key());
  }

  private SchemeVerifier allowed(Scheme scheme) throws Refusal {
    SchemeVerifier verifier = schemes.get(scheme);
    if (verifier == null) {
      throw new Refusal(
          Reason.SCHEME_REFUSED,
          scheme.name().toLowerCase(Locale.ROOT) + " signatures are not allowed");
    }
    return verifier;
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
