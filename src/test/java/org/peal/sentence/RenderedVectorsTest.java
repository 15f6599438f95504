package org.peal.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Compares with recorded sentences where they exist: in the folder of the property {@code
 * peal.messages.vectors}, or beside the project.
 */
class RenderedVectorsTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("peal.messages.vectors", "../shared/vectors/messages"));
  private static final Set<String> NAMED =
      Set.of("buildsys", "git", "bodhi", "mbs", "pagure", "anitya", "logger", "announce");

  private final Sentences sentences = Sentences.builtIn();

  /** How a recorded message is told there and here. */
  private record Pair(String service, JsonNode row, Sentence sentence) {
    boolean isEqual() {
      return sentence.subtitle().equals(row.path("expected").path("subtitle").asText());
    }
  }

  @Test
  void of_recordedMessages_saysTheSame() throws IOException {
    Path file = FOLDER.resolve("rendered.jsonl");
    if (!Files.exists(file)) {
      say("not compared with recorded sentences", "no " + file);
      return;
    }
    List<Pair> all = pairs(file);
    List<Pair> named = all.stream().filter(pair -> NAMED.contains(pair.service())).toList();
    say("equal subtitles, all services", share(all));
    say("equal subtitles, " + String.join(", ", NAMED.stream().sorted().toList()), share(named));
    all.stream().filter(pair -> !pair.isEqual()).forEach(pair -> show(pair));
    assertThat(all).allMatch(pair -> !pair.sentence().subtitle().isBlank());
    assertThat(all)
        .allSatisfy(
            pair ->
                assertThat(pair.sentence().title())
                    .isEqualTo(pair.row().path("expected").path("title").asText()));
    assertThat(named.stream().filter(Pair::isEqual).count()).isGreaterThan(named.size() * 9L / 10);
  }

  private List<Pair> pairs(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Pair> pairs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = json.readTree(line);
      ObjectNode envelope = json.createObjectNode();
      envelope.set("topic", row.get("topic"));
      envelope.set("msg", row.get("body"));
      envelope.set("username", row.path("username"));
      String service = new Subject(envelope).service();
      pairs.add(new Pair(service, row, sentences.of(envelope)));
    }
    return pairs;
  }

  private static void say(String what, String more) {
    System.out.println(what + ": " + more);
  }

  private static String share(List<Pair> pairs) {
    long equal = pairs.stream().filter(Pair::isEqual).count();
    return "%d of %d (%d %%)".formatted(equal, pairs.size(), 100 * equal / pairs.size());
  }

  private static void show(Pair pair) {
    if (Boolean.getBoolean("peal.messages.differences")) {
      say(
          pair.row().path("topic").asText(),
          "\n  there %s\n  here  %s"
              .formatted(
                  pair.row().path("expected").path("subtitle").asText(),
                  pair.sentence().subtitle()));
    }
  }
}
