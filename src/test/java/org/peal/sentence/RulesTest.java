package org.peal.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in rules against {@code cases.jsonl}; a case says only what it is about. */
class RulesTest {

  private static final Sentences SENTENCES = Sentences.builtIn();

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RulesTest.class.getResourceAsStream("cases.jsonl"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(Messages::json).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void of_case_saysWhatIsExpected(JsonNode expected) {
    Sentence sentence = SENTENCES.of(expected);
    assertThat(sentence.subtitle()).isEqualTo(expected.path("subtitle").asText());
    if (expected.has("link")) {
      assertThat(sentence.link()).isEqualTo(expected.path("link").asText());
    }
    if (expected.has("users")) {
      assertThat(sentence.users()).isEqualTo(texts(expected.path("users")));
    }
    if (expected.has("packages")) {
      assertThat(sentence.packages()).isEqualTo(texts(expected.path("packages")));
    }
  }

  @Test
  void cases_eachService_areThreeAtLeast() throws IOException {
    Map<String, Long> counts =
        cases()
            .map(row -> new Subject(row).service())
            .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()));
    assertThat(counts)
        .containsKeys("announce", "anitya", "bodhi", "buildsys", "git", "logger", "mbs", "pagure");
    for (String service :
        List.of("announce", "anitya", "bodhi", "buildsys", "git", "logger", "mbs", "pagure")) {
      assertThat(counts.get(service)).as(service).isGreaterThanOrEqualTo(3);
    }
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
