package org.peal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExternalProcessTest {

  @RegisterExtension final Processes processes = new Processes();

  private static final class Shell extends ExternalProcess {
    Shell(String script) {
      super(List.of("/bin/sh", "-c", script), Setting.plain().with("GREETING", "hello"));
    }
  }

  private Shell shell(String script) {
    return processes.add(new Shell(script));
  }

  @Test
  void out_lastLineWithoutEnd_isALine() {
    Shell shell = shell("printf 'a\\n\\nb'");
    shell.assertExit(0);
    assertThat(shell.out()).containsExactly("a", "", "b");
    assertThat(shell.outBytes()).asString(StandardCharsets.UTF_8).isEqualTo("a\n\nb");
  }

  @Test
  void awaitOut_lineComesLater_returnsIt() {
    Shell shell = shell("echo first; read line; echo \"got $line\"; read rest; echo unseen");
    shell.awaitOut("first");
    shell.writeLine("x");
    assertThat(shell.awaitOut("got")).isEqualTo("got x");
    assertThat(shell.isAlive()).isTrue();
  }

  @Test
  void awaitOut_processEnded_failsAtOnceWithBothStreams() {
    Shell shell = shell("echo data; echo trouble >&2; exit 3");
    assertThatThrownBy(() -> shell.awaitOut("never"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("data")
        .hasMessageContaining("trouble");
    assertThatThrownBy(() -> shell.awaitOut(2, line -> true)).hasMessageContaining("1 of 2 lines");
    assertThatThrownBy(() -> shell.assertExit(0)).hasMessageContaining("exit status 3, not 0");
  }

  @Test
  void awaitListening_twoAddresses_returnsThemInOrder() {
    Shell shell = shell("echo 'x: listening on tcp://a:1 (in)' >&2; echo listening on b >&2");
    assertThat(shell.awaitListening(2)).containsExactly("tcp://a:1", "b");
  }

  @Test
  void write_processEnded_isNoError() {
    Shell shell = shell("exit 0");
    shell.assertExit(0);
    shell.write(new byte[1 << 20]);
    shell.closeInput();
  }

  @Test
  void finish_environmentGiven_reachesTheProcess() {
    Shell shell = shell("cat >/dev/null; echo \"$GREETING\"");
    shell.finish(0);
    assertThat(shell.out()).containsExactly("hello");
  }

  @Test
  void signal_trapped_reachesTheProcess() {
    Shell shell =
        shell("trap 'echo caught; exit 5' HUP; echo ready; while :; do read x || :; done");
    shell.awaitOut("ready");
    shell.signal("HUP");
    shell.writeLine("");
    shell.assertExit(5);
  }

  @Test
  void close_stillRunning_isGone() {
    Shell shell = shell("read x");
    shell.close();
    assertThat(shell.isAlive()).isFalse();
  }
}
