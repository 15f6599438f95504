package org.peal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random and broken texts: Python is the judge. */
class StrictJsonIT {

  private static final String REFUSED = "refused";
  private static final String JUDGE =
      """
      import json, sys
      for line in sys.stdin:
          try:
              value = json.loads(bytes.fromhex(line).decode("utf-8"))
              print(json.dumps(value, sort_keys=True, separators=(",", ":")))
          except ValueError:
              print("refused")
      """;

  @Test
  void parse_validText_asPython() throws Exception {
    Seed seed = Seed.next();
    JsonTexts texts = new JsonTexts(seed.random());
    assertSameAsPython(Stream.generate(texts::valid).limit(10_000).toList(), seed);
  }

  @Test
  void parse_brokenText_asPython() throws Exception {
    Seed seed = Seed.next();
    JsonTexts texts = new JsonTexts(seed.random());
    List<byte[]> originals = new ArrayList<>(originals());
    Stream.generate(texts::valid).limit(500).forEach(originals::add);
    List<byte[]> broken =
        Stream.generate(() -> texts.mutated(texts.oneOf(originals))).limit(20_000).toList();
    assertSameAsPython(broken, seed);
  }

  @Test
  void parse_validTextCutAnywhere_asPython() throws Exception {
    Seed seed = Seed.next();
    byte[] text = new JsonTexts(seed.random()).valid();
    List<byte[]> cuts = new ArrayList<>();
    for (int end = 0; end <= Math.min(text.length, 5_000); end++) {
      cuts.add(Arrays.copyOf(text, end));
    }
    assertSameAsPython(cuts, seed);
  }

  private static List<byte[]> originals() {
    return Stream.concat(
            Vectors.read("canonical.jsonl").stream().map(vector -> vector.get("input")),
            Vectors.read("messages.jsonl").stream().map(vector -> vector.get("wire")))
        .map(text -> text.textValue().getBytes(UTF_8))
        .toList();
  }

  private static void assertSameAsPython(List<byte[]> texts, Seed seed) throws Exception {
    List<String> answers =
        Python.answers(JUDGE, texts.stream().map(HexFormat.of()::formatHex).toList());
    assertThat(answers).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.get(i);
      assertThat(canonicalOrRefused(text))
          .as("%s, text %d: %s", seed, i, new String(text, UTF_8))
          .isEqualTo(answers.get(i));
    }
  }

  private static String canonicalOrRefused(byte[] text) {
    try {
      return new String(CanonicalJson.write(StrictJson.parse(text, JsonLimits.DEFAULT)), US_ASCII);
    } catch (MalformedJsonException e) {
      return REFUSED;
    }
  }
}
