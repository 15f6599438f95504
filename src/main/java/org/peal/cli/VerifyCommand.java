package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bridge.OriginEnvelope;
import org.peal.config.ConfigException;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.Scheme;
import org.peal.node.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal verify}: envelopes in, verdicts out. */
@Command(
    name = "peal verify",
    sortOptions = false,
    description = {
      "Check signed messages, one a line, and write a verdict for each:",
      "  {\"valid\":true,\"signer\":\"..\"}, with \"key\":\"ed25519\" or \"p256\" if it is not RSA",
      "  {\"valid\":false,\"reason\":\"BAD_SIGNATURE\",\"detail\":\"..\"}"
    },
    footer = {
      "",
      "Exit status: 0 all are valid; 66 a file is missing; 77 some are not valid; 78 there is no"
          + " authority, or the configuration is wrong.",
      "",
      "Examples:",
      "  peal tail --count 10 | peal verify --ca ca.crt --crl crl.pem",
      "  peal verify --from-amqp --ca ca.crt crossed.jsonl",
      "  peal verify --ca ca.crt --policy policy.yaml --at 2026-01-31 archive.jsonl"
    })
final class VerifyCommand extends PealCommand {

  @Mixin TrustOptions trust = new TrustOptions();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Judge as of this time, ISO 8601 or seconds since 1970. Default: now.")
  @Nullable String at;

  @Option(names = "-0", description = "Messages end with NUL instead of a newline.")
  boolean nul;

  @Option(
      names = "--wrapped",
      description =
          "Each text is {\"topic_frame\":\"..\",\"payload\":\"..\"}; the frame is compared too.")
  boolean wrapped;

  @Option(
      names = "--from-amqp",
      description =
          "Each text is a message of AMQP as peal amqp record writes it, which a bridge has taken"
              + " over from ZeroMQ; its first signature is checked.")
  boolean fromAmqp;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The input; default: standard input.")
  @Nullable Path file;

  VerifyCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal verify";
  }

  @Override
  ExitCode run() throws Exception {
    Map<String, Object> overrides = new LinkedHashMap<>(trust.overrides(this));
    overrides.put("crypto.validate", true);
    CryptoConfig config = Setup.load(this, overrides).config().crypto();
    if (fromAmqp && wrapped) {
      throw new CommandException(ExitCode.USAGE, "--from-amqp and --wrapped exclude each other");
    }
    Verifier verifier = verifier(config);
    if (config.crl() == null && config.schemes().contains(Scheme.X509)) {
      say("revocation is not checked (no --crl, no crypto.crl)");
    }
    AtomicBoolean refused = new AtomicBoolean();
    new TextStream(new Output(io.out()))
        .run(
            TextStream.open(this, file),
            CanonicalCommand.terminator(nul),
            text -> answer(verifier, text, refused));
    return refused.get() ? ExitCode.REFUSED : ExitCode.OK;
  }

  private Verifier verifier(CryptoConfig config) throws ConfigException {
    InstantSource clock = InstantSource.system();
    if (at != null) {
      Instant time = Times.parse("--at", at);
      clock = InstantSource.fixed(time);
    }
    return Trust.verifier(config, clock).orElseThrow();
  }

  private byte[] answer(Verifier verifier, byte[] text, AtomicBoolean refused) {
    Verdict verdict;
    if (fromAmqp) {
      verdict = original(verifier, text);
    } else {
      verdict = wrapped ? unwrapped(verifier, text) : verifier.verify(text, null).verdict();
    }
    if (verdict instanceof Verdict.Invalid) {
      refused.set(true);
    }
    return CanonicalVerdict.write(verdict);
  }

  private static Verdict original(Verifier verifier, byte[] text) {
    JsonNode line;
    try {
      line = StrictJson.parse(text, JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      return new Verdict.Invalid(Reason.MALFORMED, "message: " + e.getMessage());
    }
    String topic = line.path("topic").asText();
    return OriginEnvelope.restore(topic, line.path("headers"), line.path("body"))
        .map(envelope -> verifier.verify(CanonicalJson.write(envelope), null).verdict())
        .orElseGet(
            () ->
                new Verdict.Invalid(
                    Reason.UNSIGNED, "it carries no envelope of its own: it began on AMQP"));
  }

  private static Verdict unwrapped(Verifier verifier, byte[] text) {
    JsonNode wrapper;
    try {
      wrapper = StrictJson.parse(text, JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      return new Verdict.Invalid(Reason.MALFORMED, "wrapper: " + e.getMessage());
    }
    JsonNode topic = wrapper.path("topic_frame");
    JsonNode payload = wrapper.path("payload");
    if (!topic.isTextual() || !payload.isTextual()) {
      return new Verdict.Invalid(
          Reason.MALFORMED, "wrapper needs the strings \"topic_frame\" and \"payload\"");
    }
    try {
      return verifier.verify(utf8(payload.textValue()), utf8(topic.textValue())).verdict();
    } catch (CharacterCodingException e) {
      return new Verdict.Invalid(
          Reason.MALFORMED, "wrapper holds a lone surrogate, which no frame can");
    }
  }

  private static byte[] utf8(String text) throws CharacterCodingException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  /** Verdicts in their output form. */
  private static final class CanonicalVerdict {

    static byte[] write(Verdict verdict) {
      return verdict.fold(
          valid -> join("{\"valid\":true,\"signer\":", text(valid.signer()), key(valid), "}"),
          invalid ->
              join(
                  "{\"valid\":false,\"reason\":\"" + invalid.reason() + "\",\"detail\":",
                  text(invalid.detail()),
                  "}"));
    }

    /** RSA is what everybody expects, and what programs have always read. */
    private static String key(Verdict.Valid valid) {
      return valid
          .key()
          .filter(KeyKind::isElliptic)
          .map(kind -> ",\"key\":\"" + Words.of(kind) + "\"")
          .orElse("");
    }

    private static String text(String value) {
      ObjectNode holder = JsonNodeFactory.instance.objectNode().put("v", value);
      return new String(CanonicalJson.write(holder.get("v")), StandardCharsets.US_ASCII);
    }

    private static byte[] join(String... parts) {
      return String.join("", parts).getBytes(StandardCharsets.US_ASCII);
    }
  }
}
