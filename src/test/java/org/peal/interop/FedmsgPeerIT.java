package org.peal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** Good messages between the commands and an independent Python peer, both ways. */
class FedmsgPeerIT {

  private static final String ANY = "tcp://127.0.0.1:0";
  private static final String SIGNER = "shell-app01.example.org";
  private static final String OTHER_SIGNER = "bodhi-app02.example.org";

  /** Bodies as people write them, and as Python writes the same in canonical form. */
  private static final Map<String, String> BODIES = new LinkedHashMap<>();

  static {
    BODIES.put("{\"plain\": \"text\"}", "{\"plain\":\"text\"}");
    BODIES.put(
        "{\"b\":[1,2,[]],\"a\":{\"d\":null,\"c\":true}}",
        "{\"a\":{\"c\":true,\"d\":null},\"b\":[1,2,[]]}");
    BODIES.put("{\"t\":\"Grüße ☃ 𝄞\"}", "{\"t\":\"Gr\\u00fc\\u00dfe \\u2603 \\ud834\\udd1e\"}");
    BODIES.put("{\"t\":\"\\u007F\\u2028\\/\\\"<&\"}", "{\"t\":\"\\u007f\\u2028/\\\"<&\"}");
    BODIES.put("{\"lone\":\"\\uD800x\"}", "{\"lone\":\"\\ud800x\"}");
    BODIES.put(
        "{\"！\":1,\"😀\":2,\"\":3,\"Z\":4,\"a\":5}",
        "{\"\":3,\"Z\":4,\"a\":5,\"\\uff01\":1,\"\\ud83d\\ude00\":2}");
    BODIES.put(
        "{\"f\":[1.0,1E5,1e16,1e-5,2e23,8.41e21,5e-324,-0.0,0.1,100.0]}",
        "{\"f\":[1.0,100000.0,1e+16,1e-05,2e+23,8.41e+21,5e-324,-0.0,0.1,100.0]}");
    BODIES.put("{\"f\":[1e400,NaN,-Infinity]}", "{\"f\":[Infinity,NaN,-Infinity]}");
    BODIES.put(
        "{\"i\":[-0,18446744073709551616,-170141183460469231731687303715884105729]}",
        "{\"i\":[0,18446744073709551616,-170141183460469231731687303715884105729]}");
    BODIES.put("{\"d\":1,\"d\":2}", "{\"d\":2}");
    BODIES.put(
        "{\"signature\":\"mine\",\"certificate\":1}", "{\"certificate\":1,\"signature\":\"mine\"}");
    BODIES.put(
        "{\"n\":" + "[".repeat(100) + "]".repeat(100) + "}",
        "{\"n\":" + "[".repeat(100) + "]".repeat(100) + "}");
    BODIES.put(
        "{\"long\":\"" + "x".repeat(100_000) + "\"}", "{\"long\":\"" + "x".repeat(100_000) + "\"}");
    BODIES.put("[1, 2.50]", "[1,2.5]");
    BODIES.put("\"just text\"", "\"just text\"");
    BODIES.put("0", "{}");
    BODIES.put("[]", "{}");
  }

  @RegisterExtension final Processes processes = new Processes();

  @BeforeAll
  static void needsPython() {
    PythonPeer.assumeInstalled();
  }

  // --- what logger sends ------------------------------------------------------------------------

  @Test
  void logger_bound_isVerifiedByPython() {
    PealProcess logger = logger("--bind", ANY);
    PythonPeer subscriber = subscriber(logger.awaitListening());
    assertBodiesArrive(logger, subscriber);
  }

  @Test
  void logger_throughRelay_isVerifiedByPython() {
    List<String> relay = relay();
    PythonPeer subscriber = subscriber(relay.get(1));
    assertBodiesArrive(logger("--endpoint", relay.get(0)), subscriber);
  }

  @Test
  void logger_throughRelayAndGateway_isVerifiedByPython() {
    List<String> relay = relay();
    PealProcess gateway = processes.peal("gateway", "--connect", relay.get(1), "--out", ANY);
    PythonPeer subscriber = subscriber(gateway.awaitListening());
    assertBodiesArrive(logger("--endpoint", relay.get(0)), subscriber);
  }

  @Test
  void logger_toPeerThatBinds_isVerifiedByPython() {
    PythonPeer subscriber = processes.python(subscribe("--bind", ANY));
    assertBodiesArrive(logger("--endpoint", subscriber.awaitListening()), subscriber);
  }

  @Test
  void logger_recordedTexts_arriveAsPythonWritesThem() {
    List<JsonNode> rows =
        Vectors.rows("canonical.jsonl").stream()
            .filter(row -> row.has("canonical"))
            .filter(row -> !row.get("input").textValue().contains("\n"))
            .toList();
    PealProcess logger = logger("--bind", ANY);
    PythonPeer subscriber = subscriber(logger.awaitListening());
    rows.forEach(row -> logger.writeLine("{\"x\":" + row.get("input").textValue() + "}"));
    List<JsonNode> messages = received(logger, subscriber, rows.size());
    assertThat(messages)
        .extracting(message -> message.get("msg").textValue())
        .isEqualTo(
            rows.stream().map(row -> "{\"x\":" + row.get("canonical").textValue() + "}").toList());
  }

  @Test
  void logger_signed_sendsExactlyTheMembersOfFedmsg() {
    Instant before = Instant.now();
    PealProcess logger =
        processes.add(
            PealProcess.start(
                Setting.plain().with("LOGNAME", "alice"),
                loggerArgs("--bind", ANY, "--modname", "peer", "--topic", "talk")));
    PythonPeer subscriber = subscriber(logger.awaitListening());
    logger.writeLine("{\"a\":1}");
    logger.writeLine("{\"a\":2}");
    List<JsonNode> messages = received(logger, subscriber, 2);
    Map<String, String> types = memberTypes();
    types.putAll(Map.of("crypto", "str", "signature", "str", "certificate", "str"));
    for (JsonNode message : messages) {
      assertMembers(message, types);
      assertThat(message.get("in-lines").booleanValue()).as("base64 in lines of 76").isTrue();
    }
    JsonNode first = Vectors.json(messages.get(0).get("payload").textValue());
    JsonNode second = Vectors.json(messages.get(1).get("payload").textValue());
    assertThat(first.get("topic").textValue()).isEqualTo("org.fedoraproject.dev.peer.talk");
    assertThat(first.get("username").textValue()).isEqualTo("alice");
    assertThat(first.get("i").intValue()).isEqualTo(1);
    assertThat(second.get("i").intValue()).isEqualTo(2);
    assertThat(first.get("msg_id")).isNotEqualTo(second.get("msg_id"));
    assertThat(first.get("msg_id").textValue())
        .matches("20\\d\\d-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(Instant.ofEpochSecond(first.get("timestamp").longValue()))
        .isBetween(before.minusSeconds(1), Instant.now());
  }

  @Test
  void logger_unsigned_sendsNoCredentialMembers() {
    PealProcess logger =
        processes.peal("logger", "--no-sign", "--json-lines", "--timeout", "60", "--bind", ANY);
    PythonPeer subscriber = processes.python("subscribe", "--connect", logger.awaitListening());
    logger.writeLine("{\"a\":1}");
    assertMembers(received(logger, subscriber, 1).get(0), memberTypes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"C.UTF-8", "C"})
  void logger_messageArgument_arrivesWholeInAnyLocale(String locale) {
    PythonPeer subscriber = processes.python(subscribe("--bind", ANY));
    PealProcess logger =
        processes.add(
            PealProcess.start(
                Setting.plain().with("LC_ALL", locale),
                loggerArgs("--message", "Grüße ☃ 𝄞", "--endpoint", subscriber.awaitListening())));
    JsonNode message = received(logger, subscriber, 1).get(0);
    assertThat(message.get("msg").textValue())
        .isEqualTo("{\"log\":\"Gr\\u00fc\\u00dfe \\u2603 \\ud834\\udd1e\"}");
  }

  @Test
  void logger_subscriberOfAnotherTopic_isNoListener() {
    PythonPeer subscriber =
        processes.python(subscribe("--bind", ANY, "--prefix", "org.fedoraproject.dev.logger.lot"));
    PealProcess logger =
        processes.peal(
            "logger",
            "--no-sign",
            "--message",
            "hi",
            "--timeout",
            "2",
            "--endpoint",
            subscriber.awaitListening());
    logger.finish(75);
    assertThat(subscriber.out()).isEmpty();
  }

  // --- what tail takes --------------------------------------------------------------------------

  @Test
  void tail_boundPublisher_namesTheSigner() {
    PythonPeer publisher = publisher("signer-b", "--bind", ANY);
    PealProcess tail = tail("--output", "full", "--connect", publisher.awaitListening());
    List<String> sent = publish(publisher, tail);
    assertTakenBy(tail, sent, OTHER_SIGNER);
  }

  @Test
  void tail_publisherThroughRelay_namesTheSigner() {
    List<String> relay = relay();
    PythonPeer publisher = publisher("signer-a", "--connect", relay.get(0));
    PealProcess tail = tail("--output", "full", "--connect", relay.get(1));
    assertTakenBy(tail, publish(publisher, tail), SIGNER);
  }

  @Test
  void tail_relayThatWritesAnew_namesTheSigner() {
    PythonPeer relay = processes.python("relay", "--bind", ANY, "--out", ANY);
    List<String> addresses = relay.awaitListening(2);
    PythonPeer publisher = publisher("signer-a", "--connect", addresses.get(0));
    PealProcess tail = tail("--output", "full", "--connect", addresses.get(1));
    assertTakenBy(tail, publish(publisher, tail), SIGNER);
  }

  @Test
  void tail_json_canBeVerifiedAgain() {
    PythonPeer relay = processes.python("relay", "--bind", ANY, "--out", ANY);
    List<String> addresses = relay.awaitListening(2);
    PythonPeer publisher = publisher("signer-a", "--connect", addresses.get(0));
    PealProcess tail = tail("--output", "json", "--connect", addresses.get(1));
    List<String> sent = publish(publisher, tail);
    assertThat(tail.awaitOut(sent.size(), FedmsgPeerIT::isNoProbe)).isEqualTo(sent);
    PealProcess verify =
        PealProcess.run(
            tail.outBytes(),
            "verify",
            "--ca",
            Vectors.pki("ca.crt"),
            "--crl",
            Vectors.pki("crl.pem"));
    verify.assertExit(0);
    assertThat(verify.out()).hasSameSizeAs(tail.out());
  }

  // --- steps ------------------------------------------------------------------------------------

  private List<String> relay() {
    return processes.peal("relay", "--in", ANY, "--out", ANY).awaitListening(2);
  }

  private PealProcess logger(String... options) {
    return processes.peal(loggerArgs(options));
  }

  private static String[] loggerArgs(String... options) {
    List<String> args = new ArrayList<>(List.of("logger", "--timeout", "60"));
    if (!List.of(options).contains("--message")) {
      args.add("--json-lines");
    }
    args.addAll(List.of("--cert", Vectors.pki("signer-a.crt")));
    args.addAll(List.of("--key", Vectors.pki("signer-a.key")));
    args.addAll(List.of(options));
    return args.toArray(String[]::new);
  }

  private PythonPeer subscriber(String address) {
    return processes.python(subscribe("--connect", address));
  }

  private static String[] subscribe(String... options) {
    List<String> args = new ArrayList<>(List.of("subscribe", "--ca", Vectors.pki("ca.crt")));
    args.addAll(List.of("--crl", Vectors.pki("crl.pem")));
    args.addAll(List.of(options));
    return args.toArray(String[]::new);
  }

  private PythonPeer publisher(String identity, String... options) {
    List<String> args =
        new ArrayList<>(List.of("publish", "--probe", "org.example.dev.peer.probe"));
    args.addAll(List.of("--cert", Vectors.pki(identity + ".crt")));
    args.addAll(List.of("--key", Vectors.pki(identity + ".key")));
    args.addAll(List.of(options));
    return processes.python(args.toArray(String[]::new));
  }

  private PealProcess tail(String... options) {
    List<String> args = new ArrayList<>(List.of("tail", "--ca", Vectors.pki("ca.crt")));
    args.addAll(List.of("--crl", Vectors.pki("crl.pem")));
    args.addAll(List.of(options));
    return processes.peal(args.toArray(String[]::new));
  }

  private static void assertBodiesArrive(PealProcess logger, PythonPeer subscriber) {
    awaitWay(logger, subscriber);
    BODIES.keySet().forEach(logger::writeLine);
    List<JsonNode> messages = received(logger, subscriber, BODIES.size());
    assertThat(messages)
        .extracting(message -> message.get("msg").textValue())
        .containsExactlyElementsOf(BODIES.values());
    for (JsonNode message : messages) {
      assertThat(message.get("valid").booleanValue()).as(message.toString()).isTrue();
      assertThat(message.get("signer").textValue()).isEqualTo(SIGNER);
      assertThat(message.get("topic").textValue()).isEqualTo("org.fedoraproject.dev.logger.log");
    }
  }

  /** Sends probes until one has come through, because a subscription needs time to spread. */
  private static void awaitWay(PealProcess logger, PythonPeer subscriber) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (Instant.now().isBefore(deadline)) {
      logger.writeLine("{\"probe\":true}");
      if (subscriber.outHolds("probe", Duration.ofMillis(200))) {
        return;
      }
    }
    throw logger.failure("no probe came through");
  }

  /** Ends the logger and returns what the subscriber has received but for the probes. */
  private static List<JsonNode> received(PealProcess logger, PythonPeer subscriber, int count) {
    logger.finish(0);
    List<JsonNode> messages =
        subscriber.awaitOut(count, FedmsgPeerIT::isNoProbe).stream().map(Vectors::json).toList();
    assertThat(messages).hasSize(count);
    for (JsonNode message : messages) {
      assertThat(message.get("valid").booleanValue()).as(message.toString()).isTrue();
      assertThat(message.get("canonical").booleanValue()).as("canonical payload").isTrue();
    }
    return messages;
  }

  /** Has the peer publish all bodies once the tail hears it, and returns the payloads it sent. */
  private static List<String> publish(PythonPeer publisher, PealProcess tail) {
    tail.awaitOut("probe");
    for (String body : BODIES.keySet()) {
      publisher.writeLine("{\"topic\":\"org.example.dev.peer.talk\",\"msg\":" + body + "}");
    }
    publisher.finish(0);
    return publisher.out().stream()
        .map(line -> Vectors.json(line).get("payload").textValue())
        .toList();
  }

  private static void assertTakenBy(PealProcess tail, List<String> sent, String signer) {
    List<String> lines = tail.awaitOut(sent.size(), FedmsgPeerIT::isNoProbe);
    assertThat(lines).hasSameSizeAs(sent);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).startsWith("{\"envelope\":" + sent.get(i) + ",\"peal\":{");
      JsonNode facts = Vectors.json(lines.get(i)).get("peal");
      assertThat(facts.get("verdict").textValue()).as(facts.toString()).isEqualTo("valid");
      assertThat(facts.get("signer").textValue()).isEqualTo(signer);
    }
  }

  private static Map<String, String> memberTypes() {
    return new LinkedHashMap<>(
        Map.of(
            "topic", "str",
            "msg", "dict",
            "timestamp", "int",
            "msg_id", "str",
            "i", "int",
            "username", "str"));
  }

  private static void assertMembers(JsonNode message, Map<String, String> types) {
    Map<String, String> actual = new LinkedHashMap<>();
    message
        .get("members")
        .properties()
        .forEach(member -> actual.put(member.getKey(), member.getValue().textValue()));
    assertThat(actual).containsExactlyInAnyOrderEntriesOf(types);
  }

  private static boolean isNoProbe(String line) {
    return !line.contains("probe");
  }
}
