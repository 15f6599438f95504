package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.peal.bus.Delivery;
import org.peal.cli.Colours.Style;
import org.peal.crypto.Verdict;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonText;
import org.peal.message.Envelope;
import org.peal.message.MalformedEnvelopeException;
import org.peal.sentence.Sentence;
import org.peal.sentence.Sentences;

/** Writes received messages for people or programs. Implementations are not thread-safe. */
interface MessagePrinter {

  /** The members that say who signed, not what happened. */
  Set<String> CREDENTIALS = Set.of("signature", "certificate");

  /** How a message is shown; the lower-case names are values of {@code --output}. */
  enum Format {
    json,
    full,
    terse,
    pretty
  }

  /** Writes one message and tells whether there was anything to write. */
  boolean print(Delivery delivery, Output out);

  /** The envelope alone on one line, number tokens and key order as received. */
  static MessagePrinter json() {
    return (delivery, out) -> {
      if (delivery.tree().isEmpty()) {
        return false;
      }
      out.line(JsonText.compact(delivery.raw().payload()));
      return true;
    };
  }

  /** The envelope, and what Peal knows of the message, on one line. */
  static MessagePrinter full() {
    return (delivery, out) -> {
      byte[] envelope =
          delivery
              .tree()
              .map(tree -> JsonText.compact(delivery.raw().payload()))
              .orElse("null".getBytes(StandardCharsets.US_ASCII));
      byte[] facts = CanonicalJson.write(facts(delivery));
      out.line(
          join("{\"envelope\":".getBytes(StandardCharsets.US_ASCII), envelope)
              .and(",\"peal\":".getBytes(StandardCharsets.US_ASCII))
              .and(facts)
              .and("}".getBytes(StandardCharsets.US_ASCII))
              .bytes());
      return true;
    };
  }

  /** One readable line: time, topic, sentence, signer. */
  static MessagePrinter line(Colours colours, ZoneId zone, Sentences sentences) {
    return new LinePrinter(colours, zone, sentences);
  }

  /** One line as {@code fedmsg-tail --terse} has it. */
  static MessagePrinter terse(Sentences sentences) {
    return (delivery, out) -> {
      String text = delivery.tree().map(tree -> sentences.of(tree).terse()).orElse("(not JSON)");
      out.line(mark(delivery) + SafeText.line(text, 1000));
      return true;
    };
  }

  /** An empty line, then the message over several lines without its credentials. */
  static MessagePrinter pretty(Colours colours, boolean readableTime, ZoneId zone) {
    return (delivery, out) -> {
      out.line("");
      if (delivery.isInvalid()) {
        out.line(mark(delivery).strip());
      }
      out.line(
          delivery
              .tree()
              .map(tree -> PrettyJson.format(forPeople(tree, readableTime, zone), colours))
              .orElse("(not JSON)"));
      return true;
    };
  }

  /** The values at the given dotted paths, joined by a comma and a space. */
  static MessagePrinter query(String paths) {
    return (delivery, out) -> {
      List<String> values = new ArrayList<>();
      for (String path : paths.split(",", -1)) {
        values.add(delivery.tree().map(tree -> valueAt(tree, path.strip())).orElse("None"));
      }
      out.line(SafeText.line(String.join(", ", values), Integer.MAX_VALUE));
      return true;
    };
  }

  private static String valueAt(JsonNode tree, String path) {
    JsonNode value = tree;
    for (String key : path.split("\\.", -1)) {
      value = value.path(key);
    }
    if (value.isMissingNode() || value.isNull()) {
      return "None";
    }
    return value.isTextual()
        ? value.asText()
        : new String(CanonicalJson.write(value), StandardCharsets.US_ASCII);
  }

  private static JsonNode forPeople(JsonNode tree, boolean readableTime, ZoneId zone) {
    if (!(tree instanceof ObjectNode object)) {
      return tree;
    }
    ObjectNode copy = object.deepCopy();
    copy.remove(CREDENTIALS);
    if (readableTime) {
      timestamp(tree)
          .ifPresent(
              time ->
                  copy.put(
                      "timestamp",
                      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ROOT)
                          .format(time.atZone(zone))));
    }
    return copy;
  }

  private static Optional<Instant> timestamp(JsonNode tree) {
    try {
      return Envelope.of(tree).timestamp();
    } catch (MalformedEnvelopeException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode facts(Delivery delivery) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    Optional<Verdict> verdict = delivery.verdict();
    facts.put(
        "verdict",
        verdict
            .map(v -> v.<String>fold(valid -> "valid", invalid -> "invalid"))
            .orElse("unverified"));
    facts.put(
        "signer",
        verdict
            .flatMap(v -> v.fold(valid -> Optional.of(valid.signer()), i -> Optional.empty()))
            .orElse(null));
    verdict.ifPresent(
        v ->
            v.fold(
                valid -> {
                  valid.key().ifPresent(kind -> facts.put("key", Words.of(kind)));
                  return facts.put("covers", covers(valid));
                },
                invalid ->
                    facts.put("reason", invalid.reason().name()).put("detail", invalid.detail())));
    facts.put("endpoint", delivery.raw().origin().address());
    facts.put("endpoint-name", delivery.raw().origin().name());
    facts.put("received-at", delivery.raw().receivedAt().truncatedTo(ChronoUnit.MICROS).toString());
    facts.put("topic-frame", new String(delivery.raw().topic(), StandardCharsets.UTF_8));
    return facts;
  }

  private static String covers(Verdict.Valid valid) {
    return valid.coverage() == Verdict.Coverage.BODY ? "body" : "envelope";
  }

  /** Returns what stands before an invalid message in formats for people; empty for others. */
  static String mark(Delivery delivery) {
    return delivery
        .verdict()
        .map(
            v ->
                v.<String>fold(
                    valid -> "",
                    invalid ->
                        "INVALID "
                            + invalid.reason()
                            + " ("
                            + SafeText.line(invalid.detail(), 200)
                            + ") "))
        .orElse("");
  }

  private static Joined join(byte[] first, byte[] second) {
    return new Joined(first).and(second);
  }

  /** Byte strings put one behind the other. */
  record Joined(byte[] bytes) {
    Joined and(byte[] more) {
      byte[] all = java.util.Arrays.copyOf(bytes, bytes.length + more.length);
      System.arraycopy(more, 0, all, bytes.length, more.length);
      return new Joined(all);
    }
  }

  /** The readable line. */
  final class LinePrinter implements MessagePrinter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Sentence NO_JSON = new Sentence("", "(not JSON)", "", Set.of(), Set.of());

    private final Colours colours;
    private final ZoneId zone;
    private final Sentences sentences;

    LinePrinter(Colours colours, ZoneId zone, Sentences sentences) {
      this.colours = colours;
      this.zone = zone;
      this.sentences = sentences;
    }

    @Override
    public boolean print(Delivery delivery, Output out) {
      Instant time =
          delivery.tree().flatMap(MessagePrinter::timestamp).orElse(delivery.raw().receivedAt());
      String topic = new String(delivery.raw().topic(), StandardCharsets.UTF_8);
      Sentence said = delivery.tree().map(sentences::of).orElse(NO_JSON);
      out.line(
          colours.paint(Style.TIME, TIME.format(time.atZone(zone)))
              + " "
              + colours.paint(Style.TOPIC, SafeText.line(topic, 200))
              + " "
              + SafeText.line(said.subtitle(), 300)
              + " "
              + (said.link().isEmpty() ? "" : SafeText.line(said.link(), 300) + " ")
              + signer(delivery));
      return true;
    }

    private String signer(Delivery delivery) {
      return delivery
          .verdict()
          .map(
              v ->
                  v.<String>fold(
                      valid ->
                          colours.paint(
                              Style.GOOD,
                              (valid.coverage() == Verdict.Coverage.BODY ? "[body " : "[")
                                  + "signed by "
                                  + SafeText.line(valid.signer(), 100)
                                  + "]"),
                      invalid ->
                          colours.paint(
                              Style.BAD,
                              "[INVALID "
                                  + invalid.reason()
                                  + ": "
                                  + SafeText.line(invalid.detail(), 200)
                                  + "]")))
          .orElse("[not verified]");
    }
  }
}
