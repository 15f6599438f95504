package org.peal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Asks the real Python; a machine without it fails the test. */
final class Python {

  private Python() {}

  /** Runs a script that answers each line of its input with a line. */
  static List<String> answers(String script, Iterable<String> questions)
      throws IOException, InterruptedException {
    Path input = Files.createTempFile("questions", ".txt");
    try {
      Files.write(input, questions, US_ASCII);
      Process python =
          new ProcessBuilder("/usr/bin/python3", "-c", script)
              .redirectInput(input.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      List<String> answers =
          new String(python.getInputStream().readAllBytes(), US_ASCII).lines().toList();
      assertThat(python.waitFor()).as("exit code of python3").isZero();
      return answers;
    } finally {
      Files.delete(input);
    }
  }
}
