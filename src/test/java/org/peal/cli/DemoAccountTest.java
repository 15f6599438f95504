package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo says of its handler is what the handler's file says. */
class DemoAccountTest {

  @TempDir Path folder;

  private DemoAccount read(String text) throws IOException {
    return DemoAccount.read(Files.writeString(folder.resolve("acted.jsonl"), text));
  }

  private static String line(int n, String bus) {
    return "{\"bus\":\"" + bus + "\",\"body\":{\"n\":" + n + "}}\n";
  }

  @Test
  void shouldFindWhatIsMissingAndWhatWasActedOnTwice() throws IOException {
    DemoAccount account =
        read(line(1, "zmq") + line(3, "zmq") + line(3, "amqp") + line(5, "amqp") + line(3, "amqp"));

    assertThat(account.missing(3)).isEqualTo(1);
    assertThat(account.missing(6)).isEqualTo(3);
    assertThat(account.repeated()).isEqualTo(1);
    assertThat(account.by("zmq")).isEqualTo(2);
    assertThat(account.by("amqp")).isEqualTo(3);
  }

  @Test
  void shouldCountNothingOfAFileThatIsMissingOrOfALineThatIsNotWhole() throws IOException {
    assertThat(DemoAccount.read(folder.resolve("none")).missing(2)).isEqualTo(2);
    assertThat(read(line(1, "zmq") + "{\"bus\":\"zmq\",\"bo").missing(2)).isEqualTo(1);
    assertThat(read("{\"bus\":\"z").by("zmq")).isZero();
  }
}
