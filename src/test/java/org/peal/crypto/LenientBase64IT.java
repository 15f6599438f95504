package org.peal.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LenientBase64IT {

  private static final String PYTHON =
      """
      import base64, sys
      for line in open(sys.argv[1], encoding='ascii'):
          text = bytes.fromhex(line).decode('latin-1')
          try:
              print(base64.b64decode(text).hex())
          except ValueError:
              print('error')
      """;

  private static final String CHARACTERS = "ABab01+/====\n\r -_.\u00e9";

  @Test
  void shouldDecodeRandomTextsAsPythonDoes(@TempDir Path folder) throws Exception {
    long seed = System.nanoTime();
    List<String> texts = randomTexts(new Random(seed));

    List<String> expected = python(folder, texts);

    assertThat(texts.stream().map(LenientBase64IT::decode).toList())
        .as("seed " + seed)
        .isEqualTo(expected);
  }

  private static List<String> randomTexts(Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      int kinds = random.nextInt(20) == 0 ? CHARACTERS.length() : CHARACTERS.length() - 1;
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(14); length > 0; length--) {
        text.append(CHARACTERS.charAt(random.nextInt(kinds)));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static String decode(String text) {
    try {
      return HexFormat.of().formatHex(LenientBase64.decode(text, "text"));
    } catch (Refusal e) {
      return "error";
    }
  }

  private static List<String> python(Path folder, List<String> texts)
      throws IOException, InterruptedException {
    Path input = folder.resolve("input");
    Path output = folder.resolve("output");
    HexFormat hex = HexFormat.of();
    Files.write(
        input,
        texts.stream().map(text -> hex.formatHex(text.getBytes(ISO_8859_1))).toList(),
        UTF_8);
    Process process =
        new ProcessBuilder("/usr/bin/python3", "-c", PYTHON, input.toString())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(output);
  }
}
