package org.peal.handler.tagging.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.handler.tagging.Compat;
import org.peal.handler.tagging.TaggingVectors;
import org.peal.handler.tagging.TaggingVectors.Case;
import org.peal.testing.FreePorts;
import org.peal.testing.HubTrouble;

/**
 * The recorded messages that the original loses because a server fails: they are kept in both
 * modes, nothing is asked for or announced, and all of it is done once the server is back.
 */
class ServerFailuresIT {

  private static final Set<String> ROWS = Set.of("v45", "v46", "v47", "v62");
  private static final String WRONG = "not the password";

  @TempDir Path folder;

  static Stream<Arguments> rows() {
    List<Case> rows =
        TaggingVectors.cases().stream().filter(row -> ROWS.contains(row.id())).toList();
    assertThat(rows).hasSize(ROWS.size());
    return rows.stream()
        .flatMap(row -> Arrays.stream(Compat.values()).map(mode -> Arguments.of(row, mode)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void handle_serverFails_keepsTheMessageUntilItIsBack(Case row, Compat compat) throws Exception {
    try (TaggingSite site = new TaggingSite(folder)) {
      site.rules(row.rules());
      boolean areRulesThere = row.about().at("/http/rules").asInt() == 200;
      breakDown(site, row);
      site.start("tagging", site.settings(compat, rules(site, row)), Map.of());

      site.take(row.body(), TaggingSite.START);

      assertThat(site.waiting()).isEqualTo(1);
      assertThat(site.hub.seen("tagBuild")).isEmpty();
      assertThat(site.outbox()).isEmpty();
      assertThat(row.expected().get("published")).isEmpty();
      mend(site, row);
      if (!areRulesThere) {
        site.restart("tagging", site.settings(compat, folder.resolve("rules.yaml").toString()));
      }
      site.retry();
      assertThat(site.waiting()).isZero();
      assertThat(site.outbox()).hasSize(2);
      assertThat(site.hub.seen("tagBuild")).hasSize(2);
    }
  }

  private static void breakDown(TaggingSite site, Case row) {
    JsonNode http = row.about().get("http");
    if (http.get("mbs").asInt() == 200) {
      putModule(site, row);
    }
    site.hub.state().addUser("peter", isLoginRefused(row) ? WRONG : "secret");
  }

  private String rules(TaggingSite site, Case row) {
    JsonNode answer = row.about().at("/http/rules");
    if (answer.isTextual()) {
      return TaggingSite.nobody(FreePorts.run(1)).toString();
    }
    return answer.asInt() == 200
        ? folder.resolve("rules.yaml").toString()
        : site.mbs.address().resolve("/none.yaml").toString();
  }

  private static boolean isLoginRefused(Case row) {
    return row.about().get("koji_login").textValue().equals("fail");
  }

  private static void mend(TaggingSite site, Case row) {
    putModule(site, row);
    site.hub.state().addUser("peter", "secret");
    // Whatever tags the rules name: here only the requests count.
    site.hub.trouble("tagBuild", new HubTrouble.Fault(1004, "tag is locked"));
    site.hub.trouble("tagBuild", new HubTrouble.Fault(1004, "tag is locked"));
  }

  private static void putModule(TaggingSite site, Case row) {
    Optional<String> modulemd = row.modulemd();
    site.module(row.body().get("id").longValue(), "any", modulemd);
  }
}
