package org.peal.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * What other programs do at a broker: they publish, and a queue keeps what comes on a topic. Used
 * by the test's thread only.
 */
public final class AmqpEnds {

  private static final String USUAL = "fm.toml";
  private static final String KEEPER = "kept.toml";
  private static final String KEPT = "kept.jsonl";

  private final Site site;
  private final Processes processes;

  /** Writes their configurations into a site, and makes the queue that keeps a topic. */
  public AmqpEnds(Site site, Processes processes, String url, String topic) {
    this.site = site;
    this.processes = processes;
    site.file(USUAL, "amqp_url = \"" + url + "\"\n");
    site.file(
        KEEPER,
        """
        amqp_url = "%s"
        [queues.kept]
        durable = true
        [[bindings]]
        queue = "kept"
        routing_keys = ["%s"]
        """
            .formatted(url, topic));
    PealProcess first = start(KEEPER, "amqp", "consume");
    first.awaitErr("consuming from ");
    first.terminate();
    first.assertExit(0);
  }

  private PealProcess start(String conf, String... args) {
    return processes.add(
        PealProcess.start(site.setting().with("FEDORA_MESSAGING_CONF", conf), args));
  }

  /** Starts a command that reads a file of fedora-messaging. */
  PealProcess start(List<String> args) {
    return start(USUAL, args.toArray(String[]::new));
  }

  /** Runs a command that reads a file of fedora-messaging to its end. */
  PealProcess run(String input, String... args) {
    PealProcess process = start(USUAL, args);
    process.write(input.getBytes(StandardCharsets.UTF_8));
    process.closeInput();
    process.awaitExit();
    return process;
  }

  /** Starts a program that publishes the lines of its input as they come. */
  public PealProcess startPublisher() {
    return start(USUAL, "amqp", "publish", "-");
  }

  /** Publishes numbered messages, each under an id that its number gives. */
  void publish(String topic, int first, int count, IntFunction<ObjectNode> body) {
    String lines =
        IntStream.range(first, first + count)
            .mapToObj(number -> line(topic, number, body.apply(number)))
            .collect(Collectors.joining());
    run(lines, "amqp", "publish", "-").assertExit(0);
  }

  /** Returns a message as {@code peal amqp publish} reads it, with an id that its number gives. */
  public static String line(String topic, int number, ObjectNode body) {
    return "{\"topic\":\"%s\",\"id\":\"%s\",\"headers\":{},\"body\":%s}\n"
        .formatted(topic, new UUID(0, number), body);
  }

  /** Returns a body that says a number. */
  static ObjectNode numbered(int number) {
    return JsonNodeFactory.instance.objectNode().put("n", number);
  }

  /** Returns what the queue kept, by id, when so many ids are there; copies count once. */
  public Map<String, JsonNode> kept(int count) {
    PealProcess recorder = start(KEEPER, "amqp", "record", KEPT);
    Path file = site.folder().resolve(KEPT);
    await().until(() -> Files.exists(file) && read(file).size() >= count);
    recorder.terminate();
    recorder.assertExit(0);
    return read(file);
  }

  private static Map<String, JsonNode> read(Path file) {
    try {
      Map<String, JsonNode> messages = new LinkedHashMap<>();
      Files.readString(file)
          .lines()
          .filter(line -> line.endsWith("}"))
          .map(LoggerIT::json)
          .forEach(json -> messages.putIfAbsent(json.path("id").asText(), json));
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
