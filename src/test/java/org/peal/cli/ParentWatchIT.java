package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.peal.testing.ExternalProcess;
import org.peal.testing.Processes;

/** Programs that do not outlive whoever started them, seen from both sides. */
class ParentWatchIT {

  private static final int NOT_FOUND = 127;
  private static final int KILLED = 128 + 9;

  @RegisterExtension final Processes processes = new Processes();

  private static final class Watched extends ExternalProcess {
    Watched(List<String> command) {
      super(ParentWatch.over(command), Setting.plain());
    }
  }

  private Watched watched(String script) {
    return processes.add(new Watched(List.of("/bin/sh", "-c", script)));
  }

  @Test
  void shouldPassOnWhatTheProgramSaysAndHowItEnds() {
    Watched program = watched("echo said; echo warned >&2; exit 7");
    program.assertExit(7);
    assertThat(program.out()).containsExactly("said");
    assertThat(program.err()).containsExactly("warned");
  }

  @Test
  void shouldGiveTheProgramItsArgumentsAndNothingToRead() {
    Watched program =
        processes.add(
            new Watched(List.of("/bin/sh", "-c", "cat; echo \"$1|$2\"", "sh", "a b", "$c")));
    program.assertExit(0);
    assertThat(program.out()).containsExactly("a b|$c");
  }

  @Test
  void shouldTellOfAProgramThatIsNotThere() {
    processes.add(new Watched(List.of("/nowhere/program"))).assertExit(NOT_FOUND);
  }

  @Test
  void shouldPassSigtermOnAndWaitForTheLastWords() {
    Watched program =
        watched("trap 'echo last; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
    program.awaitOut("ready");
    program.terminate();
    program.assertExit(5);
    assertThat(program.out()).containsExactly("ready", "last");
  }

  /** The system does that to the pipes of a process that is killed. */
  @Test
  void shouldKillTheProgramWhenThePipeEnds() {
    Watched program = watched("trap '' TERM; echo $$; while :; do sleep 0.05; done");
    await().until(() -> !program.out().isEmpty());
    long pid = Long.parseLong(program.out().get(0));
    program.closeInput();
    program.assertExit(KILLED);
    await().until(() -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void shouldKillTheProgramWhenThePipeEndsAlsoIfTheShellBetweenIsGone() {
    Watched program = watched("echo $$; exec sleep 600");
    await().until(() -> !program.out().isEmpty());
    program.signal("KILL");
    program.closeInput();
    program.assertExit(KILLED); // which waits until nobody can write to its streams any more
  }
}
