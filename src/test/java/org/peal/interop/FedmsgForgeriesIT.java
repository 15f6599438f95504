package org.peal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/**
 * Every kind of bad message that the Python peer knows, with a good one behind each, against the
 * commands: bad ones are refused for the right reason, and everything goes on.
 */
class FedmsgForgeriesIT {

  private static final String ANY = "tcp://127.0.0.1:0";
  private static final String PREFIX = "org.example.dev";

  /** A row of the peer's catalogue; the reason is null where the transport drops the message. */
  private record Kind(String id, JsonNode reason) {

    boolean isDelivered() {
      return !reason.isNull();
    }

    String outcome() {
      return id + " " + reason.asText();
    }

    String markerTopic() {
      return PREFIX + ".marker." + id;
    }
  }

  private static List<Kind> kinds = List.of();

  @RegisterExtension final Processes processes = new Processes();

  @TempDir Path folder;

  @BeforeAll
  static void readCatalogue() {
    PythonPeer.assumeInstalled();
    try (PythonPeer peer = PythonPeer.start("catalogue", "--pki", Vectors.pki(""))) {
      peer.assertExit(0);
      kinds =
          peer.out().stream()
              .map(Vectors::json)
              .map(row -> new Kind(row.get("id").textValue(), row.get("reason")))
              .toList();
    }
    assertThat(kinds).hasSizeGreaterThanOrEqualTo(30);
  }

  @Test
  void tail_invalidOnly_givesTheReasonForEach() throws IOException {
    PythonPeer publisher = publisher("--bind", ANY);
    PealProcess tail = tail(publisher.awaitListening(), "--invalid", "only", "--output", "full");
    tail.awaitOut("probe");
    publisher.finish(0);
    List<Kind> delivered = kinds.stream().filter(Kind::isDelivered).toList();
    List<JsonNode> facts =
        tail.awaitOut(delivered.size(), FedmsgForgeriesIT::isNoProbe).stream()
            .map(line -> Vectors.json(line).get("peal"))
            .toList();
    for (int i = 0; i < delivered.size(); i++) {
      assertThat(delivered.get(i).id() + " " + facts.get(i).path("reason").asText())
          .as(facts.get(i).toString())
          .isEqualTo(delivered.get(i).outcome());
      assertThat(facts.get(i).get("verdict").textValue()).isEqualTo("invalid");
      assertThat(facts.get(i).get("signer").isNull()).isTrue();
    }
    assertThat(facts).hasSameSizeAs(delivered);
    assertThat(tail.isAlive()).isTrue();
  }

  @Test
  void tail_invalidMark_printsGoodAndBadInOrder() throws IOException {
    PythonPeer publisher = publisher("--bind", ANY);
    PealProcess tail = tail(publisher.awaitListening(), "--invalid", "mark", "--output", "full");
    tail.awaitOut("probe");
    publisher.finish(0);
    tail.awaitOut(PREFIX + ".end");
    assertThat(tail.out().stream().filter(FedmsgForgeriesIT::isNoProbe))
        .map(line -> Vectors.json(line).at("/peal/verdict").textValue())
        .containsExactlyElementsOf(
            Stream.concat(
                    kinds.stream()
                        .flatMap(
                            k ->
                                k.isDelivered()
                                    ? Stream.of("invalid", "valid")
                                    : Stream.of("valid")),
                    Stream.of("valid"))
                .toList());
  }

  @Test
  void tail_default_printsOnlyTheGood() throws IOException {
    PythonPeer publisher = publisher("--bind", ANY);
    PealProcess tail = tail(publisher.awaitListening(), "--output", "json");
    tail.awaitOut("probe");
    publisher.finish(0);
    tail.awaitOut(PREFIX + ".end");
    assertThat(tail.out().stream().filter(FedmsgForgeriesIT::isNoProbe))
        .map(line -> Vectors.json(line).get("topic").textValue())
        .containsExactlyElementsOf(goodTopics());
    assertThat(tail.isAlive()).isTrue();
  }

  @Test
  void relay_validating_letsOnlyTheGoodThrough() throws IOException {
    PealProcess relay = processes.peal(withTrust("relay", "--in", ANY, "--out", ANY, "--validate"));
    List<String> addresses = relay.awaitListening(2);
    PythonPeer subscriber = subscriber(addresses.get(1));
    PythonPeer publisher = publisher("--connect", addresses.get(0));
    assertOnlyGoodArrive(publisher, subscriber);
    assertCountsRefused(relay);
  }

  @Test
  void gateway_validating_letsOnlyTheGoodThrough() throws IOException {
    PythonPeer publisher = publisher("--bind", ANY);
    PealProcess gateway =
        processes.peal(
            withTrust(
                "gateway", "--connect", publisher.awaitListening(), "--out", ANY, "--validate"));
    PythonPeer subscriber = subscriber(gateway.awaitListening());
    assertOnlyGoodArrive(publisher, subscriber);
    assertCountsRefused(gateway);
  }

  @Test
  void relay_validatingAndForwarding_countsAndForwardsAll() throws IOException {
    PealProcess relay =
        processes.peal(
            withTrust("relay", "--in", ANY, "--out", ANY, "--validate", "--invalid", "forward"));
    List<String> addresses = relay.awaitListening(2);
    PythonPeer subscriber = subscriber(addresses.get(1));
    assertAllForwarded(publisher("--connect", addresses.get(0)), subscriber);
    assertCountsRefused(relay);
  }

  @Test
  void relay_notValidating_forwardsEveryByteUnchanged() {
    PealProcess relay = processes.peal("relay", "--in", ANY, "--out", ANY);
    List<String> addresses = relay.awaitListening(2);
    PythonPeer subscriber = subscriber(addresses.get(1));
    assertAllForwarded(publisher("--connect", addresses.get(0)), subscriber);
  }

  private static void assertAllForwarded(PythonPeer publisher, PythonPeer subscriber) {
    subscriber.awaitOut("probe");
    publisher.finish(0);
    subscriber.awaitOut(hex(PREFIX + ".end"));
    List<JsonNode> sent =
        publisher.out().stream()
            .map(line -> Vectors.json(line).get("frames"))
            .filter(frames -> frames.size() == 2)
            .toList();
    assertThat(subscriber.out().stream().filter(FedmsgForgeriesIT::isNoProbe))
        .map(line -> Vectors.json(line).get("frames"))
        .containsExactlyElementsOf(sent);
  }

  private void assertOnlyGoodArrive(PythonPeer publisher, PythonPeer subscriber) {
    subscriber.awaitOut("probe");
    publisher.finish(0);
    subscriber.awaitOut(PREFIX + ".end");
    List<JsonNode> messages =
        subscriber.out().stream().filter(FedmsgForgeriesIT::isNoProbe).map(Vectors::json).toList();
    assertThat(messages)
        .extracting(message -> message.path("topic").asText())
        .containsExactlyElementsOf(goodTopics());
    assertThat(messages).allMatch(message -> message.get("valid").booleanValue());
  }

  private static void assertCountsRefused(PealProcess forwarder) {
    forwarder.terminate();
    forwarder.assertExit(0);
    String counters = forwarder.awaitErr("refused");
    for (String reason :
        List.of("MALFORMED", "BAD_SIGNATURE", "SCHEME_REFUSED", "TOPIC_MISMATCH")) {
      assertThat(counters).contains(reason + "=" + count(reason));
    }
    assertThat(counters).contains("misshapen " + count("null"));
  }

  private static long count(String reason) {
    return kinds.stream().filter(kind -> kind.reason().asText().equals(reason)).count();
  }

  private static List<String> goodTopics() {
    return Stream.concat(kinds.stream().map(Kind::markerTopic), Stream.of(PREFIX + ".end"))
        .toList();
  }

  private PythonPeer publisher(String... options) {
    List<String> args = new ArrayList<>(List.of("publish-invalid", "--pki", Vectors.pki("")));
    args.addAll(List.of("--prefix", PREFIX, "--probe", PREFIX + ".probe"));
    args.addAll(List.of(options));
    return processes.python(args.toArray(String[]::new));
  }

  private PythonPeer subscriber(String address) {
    return processes.python(
        "subscribe",
        "--connect",
        address,
        "--ca",
        Vectors.pki("ca.crt"),
        "--crl",
        Vectors.pki("crl.pem"));
  }

  private PealProcess tail(String address, String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("tail", "--connect", address));
    args.addAll(List.of(options));
    return processes.peal(withTrust(args.toArray(String[]::new)));
  }

  /** Adds the trust that the catalogue's reasons are meant for. */
  private String[] withTrust(String... options) throws IOException {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(policy, PREFIX + ".invalid.not-permitted: [somebody.else]\n");
    List<String> args = new ArrayList<>(List.of(options));
    args.addAll(List.of("--ca", Vectors.pki("ca.crt"), "--crl", Vectors.pki("crl.pem")));
    args.addAll(List.of("--policy", policy.toString()));
    return args.toArray(String[]::new);
  }

  private static boolean isNoProbe(String line) {
    return !line.contains("probe") && !line.contains(hex("probe"));
  }

  private static String hex(String text) {
    return java.util.HexFormat.of()
        .formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }
}
