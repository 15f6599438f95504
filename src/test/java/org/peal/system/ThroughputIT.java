package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Exclusive;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** A whole file of messages at once. */
@Exclusive
class ThroughputIT {

  private static final int MESSAGES = 20_000;

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @Test
  void shouldLoseNothingThroughARelay() {
    Site site = new Site(folder, processes);
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start(
            "tail",
            "--connect",
            relay.out(),
            "--ca",
            "ca.crt",
            "--query",
            "msg.n",
            "--count",
            Integer.toString(MESSAGES));
    tail.awaitErr("connected to " + relay.out());
    PealProcess logger =
        site.start(
            "logger",
            "--json-lines",
            "--endpoint",
            relay.in(),
            "--cert",
            "ann.crt",
            "--key",
            "ann.key");
    logger.write(
        IntStream.range(0, MESSAGES)
            .mapToObj(n -> "{\"n\":" + n + "}\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.US_ASCII));
    logger.finish(0);
    tail.assertExit(0);
    List<String> expected = IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();
    assertThat(tail.out()).isEqualTo(expected);
    assertThat(relay.counters())
        .contains("received " + MESSAGES + ", forwarded " + MESSAGES + ", dropped 0");
  }
}
