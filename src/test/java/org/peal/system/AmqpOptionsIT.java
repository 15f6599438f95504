package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** The options of {@code tail} and {@code logger} mean the same on AMQP as on ZeroMQ. */
class AmqpOptionsIT {

  private static final String PREFIX = "org.fedoraproject.dev.";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final Broker broker = Broker.shared();
  private final String url = broker.url(broker.newVirtualHost());
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  private PealProcess tail(String... options) {
    List<String> args = new ArrayList<>(List.of("tail", "--bus", "amqp", "--connect", url));
    args.addAll(List.of(options));
    PealProcess tail = site.start(args.toArray(String[]::new));
    tail.awaitErr("listening to ");
    return tail;
  }

  private PealProcess logger(String input, String... options) {
    List<String> args = new ArrayList<>(List.of("logger", "--bus", "amqp", "--endpoint", url));
    args.addAll(List.of(options));
    return site.run(input, args.toArray(String[]::new));
  }

  @Test
  void shouldChooseAndShowMessagesByTheOptionsOfTheOtherBus() {
    PealProcess query =
        tail("--topic", PREFIX + "git.pus", "--exclude", "secret$", "--query", "topic,msg.n");
    PealProcess full = tail("--where", "body.n > 2", "--output", "full", "--count", "1");
    PealProcess terse = tail("--terse", "--include", "logger", "--count", "1");

    logger("{\"n\": 1}\n{\"n\": 2}\n", "--json-lines", "--modname", "git", "--topic", "push")
        .assertExit(0);
    logger("", "--json-input", "--message", "{\"n\": 3}", "--modname", "git", "--topic", "pull")
        .assertExit(0);
    logger("{\"n\": 4}", "--json-input", "--modname", "git", "--topic", "push.secret")
        .assertExit(0);
    PealProcess said = logger("", "--message", "hello", "--print");
    said.assertExit(0);
    logger("{\"n\": 5}\nno json\n", "--json-lines", "--modname", "git", "--topic", "push")
        .assertExit(65);

    String pushed = PREFIX + "git.push, ";
    query.awaitOut(3, line -> true);
    assertThat(query.out()).containsExactly(pushed + "1", pushed + "2", pushed + "5");
    query.terminate();
    query.assertExit(143);
    full.assertExit(0);
    JsonNode shown = LoggerIT.json(full.out().get(0));
    assertThat(shown.at("/envelope/topic").asText()).isEqualTo(PREFIX + "git.pull");
    assertThat(shown.at("/envelope/msg/n").asInt()).isEqualTo(3);
    assertThat(shown.at("/peal/endpoint").asText()).contains("127.0.0.1:" + broker.port());
    terse.assertExit(0);
    assertThat(terse.out().get(0)).startsWith("logger.log -- hello");
    assertThat(said.out()).hasSize(1).allMatch(id -> id.matches("[0-9a-f-]{36}"));
  }

  @Test
  void shouldEndAndRefuseAsOnTheOtherBus() {
    PealProcess few =
        site.run("", "tail", "--bus", "amqp", "--connect", url, "--count", "1", "--timeout", "1");
    few.assertExit(1);
    assertThat(few.out()).isEmpty();
    for (List<String> wrong :
        List.of(
            List.of("tail", "--bus", "amqp", "--connect", "tcp://127.0.0.1:1"),
            List.of("tail", "--bus", "amqp", "--durable", "me"),
            List.of("tail", "--bus", "amqp", "--count", "0"),
            List.of("logger", "--bus", "amqp", "--bind", "tcp://127.0.0.1:0", "--message", "x"),
            List.of("logger", "--bus", "amqp", "--endpoint", "tcp://127.0.0.1:1"))) {
      site.run("", wrong.toArray(String[]::new)).assertExit(2);
    }
  }
}
