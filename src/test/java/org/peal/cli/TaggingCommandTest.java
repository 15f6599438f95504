package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.cli.InProcess.Result;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.testing.FakeMbs;
import org.peal.testing.FreePorts;

class TaggingCommandTest {

  private static final String RULES =
      """
      - id: Gate
        type: module
        rule:
          build_state: done
          dependencies: {requires: {platform: '^(?P<platform>f\\d+)$'}}
        destinations: '\\g<platform>-gate'
      - id: Node
        type: module
        rule: {name: '^nodejs$', stream: '^1\\.10$'}
        destinations: node
      """;

  private static final String MODULEMD =
      """
      document: modulemd
      version: 2
      data:
        name: nodejs
        stream: 1.10
        version: 20190318115634
        context: c2c572ec
        dependencies:
        - requires: {platform: [f29, f28]}
      """;

  private static final String MESSAGE =
      """
      {"topic": "org.x.prod.mbs.module.state.change", "body": {"id": 3721, "name": "nodejs",
       "stream": "1.10", "version": "20190318115634", "context": "c2c572ec",
       "state_name": "ready", "scratch": false}}
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), RULES);
    Files.writeString(folder.resolve("m.yaml"), MODULEMD);
    Files.writeString(folder.resolve("message.json"), MESSAGE);
  }

  private Result run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "tagging";
    System.arraycopy(args, 0, all, 1, args.length);
    return InProcess.in(folder).run(all);
  }

  private Result explain(String... more) {
    String[] args = new String[more.length + 5];
    System.arraycopy(
        new String[] {"explain", "--rules", "rules.yaml", "--modulemd", "m.yaml"}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return run(args);
  }

  private static JsonNode json(Result result) {
    return StrictJson.parse(
        result.out().strip().getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  @Test
  void explain_json_hasAllThatWasDecided() {
    Result result = explain("--message", "message.json", "--json");
    assertThat(result.status()).isZero();
    assertThat(json(result))
        .hasToString(
            "{'destination_tags':['node'],'matched_rule':{'id':'Node','index':2},'outcome':'tagged',"
                .concat("'rules_checked':[{'criteria':[{'actual':'nodejs','expected':'^nodejs$',")
                .concat("'holds':true,'key':'name'},{'actual':'1.10','expected':'^1\\\\.10$',")
                .concat("'holds':true,'key':'stream'}],'id':'Node','index':2,'matched':true}],")
                .concat("'would_call':[{'method':'tagBuild','params':['node',")
                .concat("'nodejs-1.10-20190318115634.c2c572ec']},{'method':'tagBuild',")
                .concat("'params':['node','nodejs-devel-1.10-20190318115634.c2c572ec']}]}")
                .replace('\'', '"'));
    assertThat(result.err()).contains("stream is read as 1.1, the message says 1.10");
  }

  @Test
  void explain_likeTheOriginal_seesTheNumber() {
    Result result = explain("--message", "message.json", "--compat", "original", "--json");
    assertThat(result.status()).isEqualTo(1);
    assertThat(json(result).get("outcome").textValue()).isEqualTo("unmatched");
  }

  @Test
  void explain_withoutMessage_takesIdentityAsWrittenAndTheState() {
    Result result = explain("--state", "done");
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("outcome: tagged", "rule: 1 \"Gate\"", "tags: f29-gate f28-gate")
        .contains("would call: tagBuild f29-gate nodejs-1.10-20190318115634.c2c572ec");
    assertThat(explain("--state", "build").status()).isEqualTo(1);
    assertThat(explain("--state", "done", "--set", "dry_run=yes").out())
        .contains("outcome: tagged")
        .doesNotContain("would call");
  }

  @Test
  void explain_badInputs_are65And66And2() throws IOException {
    Files.writeString(folder.resolve("bad.yaml"), "- id: x\n  type: module\n- 7\n");
    Result refused = run("explain", "--rules", "bad.yaml", "--modulemd", "m.yaml", "--json");
    assertThat(refused.status()).isEqualTo(65);
    assertThat(json(refused).get("outcome").textValue()).isEqualTo("rules-unavailable");
    assertThat(refused.err()).contains("bad.yaml:1:3:", "destinations", "bad.yaml:3:3:");
    Files.writeString(folder.resolve("m.yaml"), "a: [");
    assertThat(explain().status()).isEqualTo(65);
    assertThat(run("explain", "--rules", "none.yaml", "--modulemd", "m.yaml").status())
        .isEqualTo(66);
    assertThat(run("explain", "--rules", "rules.yaml").status()).isEqualTo(2);
    assertThat(explain("--set", "bild_state=x").status()).isEqualTo(2);
    assertThat(explain("--compat", "other").status()).isEqualTo(2);
  }

  @Test
  void explain_modulemdIsMissingWhenNeeded_is65() {
    Result result = run("explain", "--rules", "rules.yaml", "--message", "message.json");
    assertThat(result.status()).isEqualTo(65);
    assertThat(result.out()).contains("outcome: handler-error");
    assertThat(result.err()).contains("--modulemd");
  }

  @Test
  void explain_rulesOnTheWeb_areFetched() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/rules",
        exchange -> {
          byte[] text = RULES.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThat(run("explain", "--rules", base + "/rules", "--modulemd", "m.yaml").status())
          .isZero();
      assertThat(run("lint", base + "/other").status()).isEqualTo(69);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void lint_findings_areLinesWithSeverityAndTheStatusTells() throws IOException {
    assertThat(run("lint", "rules.yaml").status()).isZero();
    Files.writeString(
        folder.resolve("bad.yaml"),
        """
        - id: A
          type: module
          rule: {stream: 10, nmae: '^x$', name: perl}
          destinations: '\\g<x>-\\1'
          destination: y
        - id: B
          rule: {build_state: redy, name: '(x'}
          type: module
          destinations: b
        """);
    Result result = run("lint", "bad.yaml");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains("bad.yaml:3:18: error: rule 1 \"A\": stream: 10 is no text")
        .contains("warning: rule 1 \"A\": modulemd has no \"nmae\", did you mean \"name\"?")
        .contains("write ^perl$")
        .contains("named group \"x\"", "named group \"1\"")
        .contains("bad.yaml:5:3: warning")
        .contains("in state \"redy\", the rule is never tried; did you mean \"ready\"?")
        .contains("bad.yaml:7:35: error: rule 2 \"B\": not an expression");
    assertThat(result.err()).contains("2 rules", "the file is refused for 1 error");
  }

  @Test
  void lint_whatIsNoYaml_isAFindingWithItsLine() throws IOException {
    Files.writeString(folder.resolve("bad.yaml"), "- id: A\n  rule: {name: x\n");
    Result result = run("lint", "bad.yaml");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("bad.yaml:3:1: error: ");
    assertThat(result.err()).contains("the file is refused");
    assertThat(run("explain", "--rules", "bad.yaml", "--modulemd", "m.yaml").status())
        .isEqualTo(65);
  }

  @Test
  void test_cases_areTriedAndTheStatusTells() throws IOException {
    Files.writeString(
        folder.resolve("cases.yaml"),
        """
        - name: good
          modulemd: m.yaml
          expect: {rule: Node, tags: [node]}
        - name: gated
          modulemd: m.yaml
          state: done
          expect: {rule: 1, tags: [f29-gate, f28-gate]}
        """);
    Result good = run("test", "rules.yaml", "cases.yaml");
    assertThat(good.out()).isEqualTo("ok good\nok gated\n");
    assertThat(good.status()).isZero();
    Files.writeString(
        folder.resolve("cases.yaml"),
        "- {name: wrong, modulemd: m.yaml, expect: {rule: null}}\n"
            + "- {name: tags, modulemd: m.yaml, expect: {tags: [x]}}\n");
    Result wrong = run("test", "rules.yaml", "cases.yaml");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.out())
        .contains("FAILED wrong: expected rule none, but rule 2 \"Node\" matched")
        .contains("FAILED tags: expected tags [x], but they are [node]");
    Files.writeString(folder.resolve("cases.yaml"), "- {modulemd: gone.yaml, expect: {}}\n- 1\n");
    assertThat(run("test", "rules.yaml", "cases.yaml").status()).isEqualTo(65);
  }

  @Test
  void diff_builds_whoseTagsChangeAreShown() throws IOException {
    Files.writeString(
        folder.resolve("new.yaml"), RULES.replace("destinations: node", "destinations: js"));
    JsonNode body =
        StrictJson.parse(MESSAGE.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT).get("body");
    ObjectNode build = body.deepCopy();
    build.put("modulemd", MODULEMD);
    Files.writeString(folder.resolve("builds.json"), "{\"items\": [" + build + "]}");
    Result result = run("diff", "rules.yaml", "new.yaml", "--builds", "builds.json");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .isEqualTo(
            "nodejs:1.10:20190318115634:c2c572ec ready\n"
                + "- node (rule 2 \"Node\")\n+ js (rule 2 \"Node\")\n");
    Files.writeString(folder.resolve("builds.json"), build + "\n" + build + "\n");
    assertThat(run("diff", "rules.yaml", "rules.yaml", "--builds", "builds.json").status())
        .isZero();
    Files.writeString(folder.resolve("builds.json"), "{\"name\": 1}\nx\n");
    assertThat(run("diff", "rules.yaml", "new.yaml", "--builds", "builds.json").status())
        .isEqualTo(65);
  }

  @Test
  void example_ofTheProject_isGoodAndPassesItsCases() {
    Path rules = Path.of("rules.d/example.yaml").toAbsolutePath();
    Path cases = Path.of("rules.d/example-cases.yaml").toAbsolutePath();
    Result lint = run("lint", rules.toString());
    assertThat(lint.status()).isZero();
    assertThat(lint.out()).isEmpty();
    assertThat(run("test", rules.toString(), cases.toString()).status()).isZero();
  }

  private static final String BUILD =
      """
      {"id": 3721, "name": "nodejs", "stream": "1.10", "version": "20190318115634",
       "context": "c2c572ec", "state_name": "done", "scratch": false, "modulemd": "%s"}
      """
          .formatted(MODULEMD.replace("\n", "\\n"));

  @Test
  void explain_byNumberOrName_asksTheService() {
    try (FakeMbs mbs = new FakeMbs()) {
      mbs.put(3721, BUILD);
      String[] ask = {"explain", "--rules", "rules.yaml", "--mbs", mbs.address().toString()};
      Result byNumber = run(with(ask, "--mbs-id", "3721", "--json"));
      assertThat(byNumber.status()).isZero();
      assertThat(json(byNumber).at("/destination_tags/0").textValue()).isEqualTo("node");
      Result byName =
          run(with(ask, "--nsvc", "nodejs:1.10:20190318115634:c2c572ec", "--state", "done"));
      assertThat(byName.out()).contains("tags: f29-gate f28-gate");
      assertThat(mbs.requests().get(1)).contains("name=nodejs").contains("context=c2c572ec");
    }
  }

  private static String[] with(String[] args, String... more) {
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  @Test
  void explain_serviceInTrouble_exit69AndUnknownBuildExit65() {
    try (FakeMbs mbs = new FakeMbs()) {
      String[] ask = {"explain", "--rules", "rules.yaml", "--mbs", mbs.address().toString()};
      Result unknown = run(with(ask, "--mbs-id", "1"));
      assertThat(unknown.status()).isEqualTo(65);
      assertThat(unknown.err()).contains("module build 1 is not known");
      mbs.status(503);
      assertThat(run(with(ask, "--mbs-id", "1")).status()).isEqualTo(69);
      assertThat(run(with(ask, "--nsvc", "a:b:1:c")).status()).isEqualTo(69);
      assertThat(run(with(ask, "--nsvc", "a:b")).status()).isEqualTo(2);
    }
    String gone = "http://127.0.0.1:" + FreePorts.run(1) + "/";
    assertThat(run("explain", "--rules", "rules.yaml", "--mbs", gone, "--mbs-id", "1").status())
        .isEqualTo(69);
  }

  @Test
  void test_casesByName_areTriedOnWhatTheServiceHas() throws IOException {
    Files.writeString(
        folder.resolve("cases.yaml"),
        """
        - name: by name
          nsvc: nodejs:1.10:20190318115634:c2c572ec
          state: done
          expect: {rule: Gate, tags: [f29-gate, f28-gate]}
        """);
    try (FakeMbs mbs = new FakeMbs()) {
      mbs.put(3721, BUILD);
      String base = mbs.address().toString();
      Result result = run("test", "rules.yaml", "cases.yaml", "--mbs", base);
      assertThat(result.out()).contains("ok by name");
      assertThat(result.status()).isZero();
      mbs.status(500);
      assertThat(run("test", "rules.yaml", "cases.yaml", "--mbs", base).status()).isEqualTo(69);
    }
  }

  @Test
  void importMts_file_printsASectionAndNamesWhatItCannotRead() throws IOException {
    Files.writeString(
        folder.resolve("config.py"),
        "class BaseConfiguration:\n  build_state = 'done'\n  koji_profile = get()\n");
    Result result = run("import-mts", "config.py");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("build-state: 'done'").doesNotContain("koji");
    assertThat(result.err()).contains("config.py:3: cannot be read: koji_profile = get()");
  }

  @Test
  void history_nothingOnRecord_saysSo() {
    Result result = run("history", "--tag", "f29");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("no such decision is on record");
  }
}
