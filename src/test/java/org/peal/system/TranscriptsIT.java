package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.testing.ExternalProcess;
import org.peal.testing.FreePorts;
import org.peal.testing.Processes;

/**
 * The transcripts of {@code docs/answers.md}, run again and compared. With the system property
 * {@code peal.docs.write} what came out is written there.
 */
class TranscriptsIT {

  private static final Path FILE = ExternalProcess.checkout().resolve("docs/answers.md");
  private static final Pattern PORT = Pattern.compile("(?<=[:/]|--port )71\\d\\d\\b");
  private static final Pattern FIRST_OF_A_SITE = Pattern.compile("--port (71\\d\\d)");
  private static final int PORTS_OF_A_SITE = 8;
  private static final String MARK = "=== command ";

  /** What differs from run to run. */
  private static final Map<Pattern, String> CHANGING =
      Map.of(
          Pattern.compile("\\b20\\d\\d-[0-9a-f]{8}-[0-9a-f-]{27}"), "ID",
          Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"), "TIME",
          Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\d\\b"), "DAY",
          Pattern.compile("\\b[0-9A-Fa-f]{14,}\\b"), "NUMBER",
          Pattern.compile("\\b\\d{15,}\\b"), "NUMBER");

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final Map<String, String> ports = new HashMap<>();

  /** A part of the document: its title and the commands with what each printed. */
  record Transcript(String title, List<Step> steps) {
    @Override
    public String toString() {
      return title;
    }
  }

  /** One command and its lines of output. */
  record Step(String command, List<String> output) {}

  static List<Transcript> transcripts() throws IOException {
    List<Transcript> all = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("## ")) {
        all.add(new Transcript(line.substring(3), new ArrayList<>()));
      } else if (line.startsWith("    $ ")) {
        last(all).steps().add(new Step(line.substring(6), new ArrayList<>()));
      } else if (line.startsWith("    ")) {
        last(last(all).steps()).output().add(line.substring(4));
      }
    }
    return all;
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void shouldAnswerAsDocumented(Transcript transcript) throws IOException {
    assertThat(transcript.steps()).isNotEmpty();
    List<Step> actual = run(transcript);
    if (Boolean.getBoolean("peal.docs.write")) {
      write(transcript, actual);
    } else {
      assertThat(comparable(actual)).isEqualTo(comparable(transcript.steps()));
    }
  }

  private List<Step> run(Transcript transcript) {
    Site site = new Site(folder, processes);
    findPorts(transcript);
    List<String> script = new ArrayList<>(List.of("exec 2>&1", "unset JAVA_TOOL_OPTIONS"));
    script.add("export LOGNAME=ann LC_ALL=C.UTF-8");
    for (Step step : transcript.steps()) {
      script.add("echo '" + MARK + "'");
      script.add(
          PORT.matcher(step.command()).replaceAll(port -> ports.getOrDefault(port.group(), "")));
    }
    script.add("kill $(jobs -p) 2>/dev/null; wait");
    Shell shell = site.shell(String.join("\n", script));
    // A dozen programs are started one after the other.
    await().atMost(Duration.ofMinutes(10)).until(() -> !shell.isAlive());
    shell.awaitExit();
    List<Step> actual = new ArrayList<>();
    for (String line : shell.out()) {
      if (line.equals(MARK)) {
        actual.add(new Step(transcript.steps().get(actual.size()).command(), new ArrayList<>()));
      } else {
        last(actual).output().add(documented(line));
      }
    }
    return actual;
  }

  /** Finds a free port for each documented one, in the same order, so that sorting shows it. */
  private void findPorts(Transcript transcript) {
    List<String> documented =
        transcript.steps().stream()
            .flatMap(step -> PORT.matcher(step.command()).results().map(MatchResult::group))
            .distinct()
            .sorted()
            .toList();
    List<Integer> free = freePorts(documented.size());
    for (int i = 0; i < documented.size(); i++) {
      ports.put(documented.get(i), Integer.toString(free.get(i)));
    }
    // A site takes a run of ports.
    transcript.steps().stream()
        .flatMap(step -> FIRST_OF_A_SITE.matcher(step.command()).results().map(m -> m.group(1)))
        .forEach(first -> findRun(Integer.parseInt(first)));
  }

  private void findRun(int documented) {
    int free = FreePorts.run(PORTS_OF_A_SITE);
    for (int i = 0; i < PORTS_OF_A_SITE; i++) {
      ports.put(Integer.toString(documented + i), Integer.toString(free + i));
    }
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < count) {
        sockets.add(new ServerSocket(0));
      }
      List<Integer> free = sockets.stream().map(ServerSocket::getLocalPort).sorted().toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return free;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String documented(String line) {
    String text = line.replace(folder.toString(), "/home/ann").stripTrailing();
    for (Map.Entry<String, String> port : ports.entrySet()) {
      text = text.replaceAll("\\b" + port.getValue() + "\\b", port.getKey());
    }
    return text;
  }

  private static List<Step> comparable(List<Step> steps) {
    return steps.stream()
        .map(
            step ->
                new Step(step.command(), step.output().stream().map(TranscriptsIT::plain).toList()))
        .toList();
  }

  private static String plain(String line) {
    String text = line.stripTrailing();
    for (Map.Entry<Pattern, String> changing : CHANGING.entrySet()) {
      text =
          changing.getKey().matcher(text).replaceAll(Matcher.quoteReplacement(changing.getValue()));
    }
    return text;
  }

  private static void write(Transcript transcript, List<Step> actual) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean here = false;
    boolean written = false;
    for (String line : Files.readAllLines(FILE)) {
      here = line.startsWith("## ") ? line.equals("## " + transcript.title()) : here;
      if (!here || !line.startsWith("    ")) {
        lines.add(line);
      } else if (!written) {
        written = true;
        actual.stream()
            .flatMap(
                step -> Stream.concat(Stream.of("$ " + step.command()), step.output().stream()))
            .forEach(
                text ->
                    lines.add(("    " + text).stripTrailing().isEmpty() ? "    " : "    " + text));
      }
    }
    Files.write(FILE, lines);
  }
}
