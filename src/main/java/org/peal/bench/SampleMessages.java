package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.peal.crypto.Signer;
import org.peal.json.CanonicalJson;
import org.peal.message.EnvelopeFactory;
import org.peal.message.PealHeaders;
import org.peal.message.Topic;
import org.peal.store.StreamId;

/**
 * Messages as a build system sends them: about 1 KB without a signature and 2.8 KB with one.
 * Stateless.
 */
public final class SampleMessages {

  /** The topic of all of them. */
  public static final Topic TOPIC = new Topic("org.fedoraproject.dev.buildsys.build.state.change");

  /** The member of a body that holds when it was handed over, by {@code System.nanoTime}. */
  static final String SENT = "sent";

  private static final int SHARE = 1000;

  private SampleMessages() {}

  /** Returns a body, owned by the caller. */
  public static ObjectNode body(long number) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("build_id", 4_711_000 + number);
    body.put("name", "golang-github-prometheus-node-exporter");
    body.put("version", "1.9.0");
    body.put("release", "3.fc43");
    body.put("owner", "packagerbot/koji");
    body.put("attribute", "state");
    body.put("instance", "primary");
    body.putNull("epoch");
    body.put("old", 0);
    body.put("new", 1);
    body.put("is_draft", false);
    body.put("request", "git+https://src.example.org/rpms/golang-node-exporter.git#3f1c9a7e52");
    var tags = body.putArray("tags");
    for (int i = 0; i < 5; i++) {
      tags.addObject().put("id", 72_300 + i).put("name", "f43-build-side-" + (10_400 + i));
    }
    body.put(
        "changelog",
        "* Tue Nov 24 2026 Release Engineering <releng@example.org> - 1.9.0-3\n"
            + "- Rebuilt for the new toolchain, no change of the sources\n"
            + "- Drop a patch that upstream has taken: use the exporter's own \"collector\""
            + " flag\n");
    return body;
  }

  /** Returns unsigned messages in canonical form. */
  public static List<byte[]> unsigned(int count) {
    return trees(count).stream().map(CanonicalJson::write).toList();
  }

  /** Returns unsigned messages in canonical form, with all that the log of a node adds. */
  static List<byte[]> stored(int count) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    headers.put(PealHeaders.NAME, NodeFolder.NAME);
    headers.put(PealHeaders.RUN, "0123456789abcdef");
    headers.put(PealHeaders.START, "1");
    headers.put(PealHeaders.STREAM, StreamId.create(new SplittableRandom(1)).value());
    EnvelopeFactory envelopes = envelopes();
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                envelopes.create(
                    TOPIC,
                    body(i),
                    headers,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.of(i + 1L)))
        .map(envelope -> CanonicalJson.write(envelope.tree()))
        .toList();
  }

  /** Returns signed messages in canonical form; signs on all cores. */
  public static List<byte[]> signed(int count, Signer signer) {
    EnvelopeFactory envelopes = envelopes();
    List<byte[]> signed = new ArrayList<>(count);
    while (signed.size() < count) {
      // A share at a time, since trees take more room than texts.
      int first = signed.size();
      List<ObjectNode> trees = trees(envelopes, first, Math.min(count, first + SHARE));
      trees.parallelStream()
          .map(tree -> CanonicalJson.write(signer.sign(tree)))
          .forEachOrdered(signed::add);
    }
    return signed;
  }

  /** Returns unsigned messages as trees, owned by the caller. */
  public static List<ObjectNode> trees(int count) {
    return trees(envelopes(), 0, count);
  }

  private static List<ObjectNode> trees(EnvelopeFactory envelopes, int first, int end) {
    List<ObjectNode> trees = new ArrayList<>();
    for (int i = first; i < end; i++) {
      trees.add(envelopes.create(TOPIC, body(i)).tree());
    }
    return trees;
  }

  /** Returns a body that tells when it was made. */
  static JsonNode stamped(long number) {
    return body(number).put(SENT, System.nanoTime());
  }

  private static EnvelopeFactory envelopes() {
    return new EnvelopeFactory(InstantSource.system(), TimeZone.getDefault(), "peal-bench");
  }

  /** Returns the topic frame, owned by the caller. */
  public static byte[] topicFrame() {
    return TOPIC.value().getBytes(StandardCharsets.UTF_8);
  }
}
