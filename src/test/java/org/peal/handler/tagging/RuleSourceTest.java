package org.peal.handler.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.BoundedHttp;
import org.peal.KeptCopy;
import org.peal.config.ConfigException;

class RuleSourceTest {

  private static final TaggingSettings SETTINGS = TaggingSettings.defaults(Compat.PEAL);
  private static final String ONE = "- {id: a, type: module, destinations: a}\n";
  private static final String TWO = ONE + "- {id: b, type: module, destinations: b}\n";
  private static final String BAD = "- {id: a, type: module}\n- 7\n";

  @TempDir Path folder;

  private HttpServer server;
  private volatile String served = ONE;
  private volatile int status = 200;
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final AtomicLong clock = new AtomicLong();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/rules.yaml", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String tag = "\"" + served.hashCode() + "\"";
    boolean known = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    exchange.getResponseHeaders().set("ETag", tag);
    byte[] text = served.getBytes(StandardCharsets.UTF_8);
    if (status == 200 && known) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      exchange.sendResponseHeaders(status, text.length);
      exchange.getResponseBody().write(text);
    }
    answers.add(status == 200 && known ? "304" : String.valueOf(status));
    exchange.close();
  }

  private WebRules web() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/rules.yaml");
    KeptCopy copy = KeptCopy.of(folder.resolve("kept"), address, 1 << 20);
    return new WebRules(
        address, SETTINGS, BoundedHttp.client().build(), Optional.of(copy), clock::get);
  }

  private void later() {
    clock.addAndGet(WebRules.LONGEST_RETRY.toNanos());
  }

  @Test
  void rules_onTheWeb_areAskedForAgainOnlyWhenDueAndOnlyIfChanged() {
    WebRules rules = web();
    assertThat(rules.rules().count()).isEqualTo(1);
    assertThat(rules.rules().count()).isEqualTo(1);
    assertThat(answers).containsExactly("200");
    later();
    assertThat(rules.rules().count()).isEqualTo(1);
    served = TWO;
    later();
    assertThat(rules.rules().count()).isEqualTo(2);
    assertThat(answers).containsExactly("200", "304", "200");
  }

  @Test
  void rules_badOrUnreachableOnTheWeb_lastGoodOnesStay() {
    WebRules rules = web();
    assertThat(rules.rules().count()).isEqualTo(1);
    served = BAD;
    later();
    assertThat(rules.rules().count()).isEqualTo(1);
    status = 404;
    later();
    assertThat(rules.rules().count()).isEqualTo(1);
    assertThat(rules.reload()).isFalse();
    status = 200;
    served = TWO;
    assertThat(rules.reload()).isTrue();
    assertThat(rules.rules().count()).isEqualTo(2);
  }

  @Test
  void rules_neverFetched_sayWhy() {
    status = 503;
    WebRules rules = web();
    assertThatThrownBy(rules::rules)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("503");
    status = 200;
    later();
    assertThat(rules.rules().count()).isEqualTo(1);
  }

  @Test
  void rules_serverAwayAtTheStart_theCopyServesUntilItIsBack() throws IOException {
    assertThat(web().rules().count()).isEqualTo(1);
    status = 503;
    WebRules rules = web();
    assertThat(rules.rules().count()).isEqualTo(1);
    status = 200;
    served = TWO;
    later();
    assertThat(rules.rules().count()).isEqualTo(2);
    status = 503;
    assertThat(web().rules().count()).isEqualTo(2);
  }

  @Test
  void rules_serverAwayAndCopyOfNoUse_sayWhy() throws IOException {
    assertThat(web().rules().count()).isEqualTo(1);
    try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
      for (Path copy : kept.toList()) {
        Files.writeString(copy, BAD);
      }
    }
    status = 503;
    assertThatThrownBy(web()::rules).hasMessageContaining("503");
  }

  @Test
  void rules_inAFile_areFollowedAndABadOneIsRefusedWhole() throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(file, ONE);
    RuleSource rules =
        RuleSource.open(
            RuleLocation.parse(file.toUri().toString(), folder),
            SETTINGS,
            BoundedHttp.client().build());
    assertThat(rules.rules().count()).isEqualTo(1);
    Files.writeString(file, BAD);
    assertThat(rules.reload()).isFalse();
    assertThat(rules.rules().count()).isEqualTo(1);
    Files.writeString(file, TWO);
    assertThat(rules.reload()).isTrue();
    assertThat(rules.rules().count()).isEqualTo(2);
  }

  @Test
  void open_badFile_tellsAllProblemsWithTheirLines() throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(file, BAD + "- {id: c, type: module, destinations: c, rule: {name: '('}}\n");
    assertThatThrownBy(
            () ->
                RuleSource.open(
                    RuleLocation.parse("rules.yaml", folder),
                    SETTINGS,
                    BoundedHttp.client().build()))
        .hasMessageContainingAll("rules.yaml:1:3", "rules.yaml:2:3", "rules.yaml:3:")
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void parse_locations_arePathsAndAddresses() {
    assertThat(RuleLocation.parse("a/rules.yaml", folder))
        .isEqualTo(new RuleLocation.LocalFile(folder.resolve("a/rules.yaml")));
    assertThat(RuleLocation.parse("HTTPS://h.example/r", folder))
        .isInstanceOf(RuleLocation.Web.class);
    for (String bad : List.of("https://user:secret@h.example/r", "http:///r", "file://h ost/x")) {
      assertThatThrownBy(() -> RuleLocation.parse(bad, folder))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
