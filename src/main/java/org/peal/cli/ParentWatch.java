package org.peal.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of programs that do not outlive this process, however it ends. A shell starts the
 * program, passes SIGTERM on, and takes over its exit status; a second shell kills the program when
 * the pipe from this process ends, which the system closes even for a process that was killed.
 * Stateless.
 *
 * <p>The program gets nothing to read, and is not ended by what is typed at a terminal: this
 * process is, and ends the program.
 */
final class ParentWatch {

  /**
   * The first shell stays the program's parent, so the number that is killed is no other's. The
   * second one keeps no stream open on which somebody waits for the program's last words.
   */
  private static final String SCRIPT =
      """
      trap '' INT HUP
      exec 3<&0 </dev/null
      "$@" 3<&- &
      program=$!
      told=
      trap 'told=1; kill -TERM "$program"' TERM
      { while read -r line; do :; done; kill -KILL "$program"; } <&3 >/dev/null 2>&1 &
      watch=$!
      exec 3<&-
      wait "$program"
      status=$?
      while [ -n "$told" ]; do # a signal has ended the wait, or came after it
        told=
        wait "$program"
        again=$?
        [ "$again" -eq 127 ] || status=$again
      done
      kill -KILL "$watch"
      exit "$status"
      """;

  private ParentWatch() {}

  /** Returns what to start in place of a command, with a pipe of ours as its standard input. */
  static List<String> over(List<String> command) {
    List<String> watched = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
    watched.addAll(command);
    return watched;
  }
}
