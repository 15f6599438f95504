package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal init}: what it writes works at once, and what is there stays. */
class InitIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  private PealProcess init(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "init";
    System.arraycopy(args, 0, all, 1, args.length);
    return site.run("", all);
  }

  private static int run() {
    return FreePorts.run(8);
  }

  @Test
  void shouldShowAVerifiedMessageWithoutAnyEditing() {
    PealProcess init = init("new", "--port", String.valueOf(run()), "--host", "app01");
    init.assertExit(0);
    assertThat(init.out())
        .contains(
            "  peal node --config new",
            "  peal tail --config new",
            "  peal logger --config new --message hi",
            "  peal init HOST --join new --host HOST --address HOST.example.org");

    site.run("", "config", "check", "--config", "new").assertExit(0);
    PealProcess node = site.start("node", "--config", "new");
    node.awaitErr("node peal.app01 runs publisher, replay, relay, gateway");
    node.awaitErr("connected to ");
    PealProcess tail = site.start("tail", "--config", "new", "--output", "full");
    tail.awaitErr("connected to ");
    site.run("", "logger", "--config", "new", "--message", "hi").assertExit(0);
    assertThat(tail.awaitOut("\"log\":\"hi\""))
        .contains("\"verdict\":\"valid\"", "\"signer\":\"shell-app01\"", "\"seq_id\":1");
    PealProcess replayed =
        site.run("", "replay", "--config", "new", "--from", "peal.app01", "--seq", "1:1");
    replayed.assertExit(0);
    assertThat(replayed.out()).anyMatch(line -> line.contains("\"log\":\"hi\""));
    assertThat(folder.resolve("new/state/store.db")).exists();
  }

  @Test
  void shouldMakeASiteWithKeysThatFedmsgDoesNotKnow() {
    init("first", "--host", "one", "--key-type", "ed25519").assertExit(0);
    init("second", "--join", "first", "--host", "two").assertExit(0);
    for (String certificate : new String[] {"ca", "shell-one", "shell-two"}) {
      PealProcess show = site.run("", "certs", "show", "first/certs/" + certificate + ".crt");
      show.assertExit(0);
      assertThat(show.out()).contains("key: Ed25519");
    }
    PealProcess sign =
        site.run(
            "{\"topic\":\"org.fedoraproject.dev.logger.log\",\"msg\":{}}\n",
            "sign",
            "--config",
            "second",
            "--cert",
            "second/certs/shell-two.crt",
            "--key",
            "second/certs/shell-two.key");
    sign.assertExit(0);
    PealProcess verify = site.run(sign.out().get(0) + "\n", "verify", "--config", "first");
    verify.assertExit(0);
    assertThat(verify.out())
        .containsExactly("{\"valid\":true,\"signer\":\"shell-two\",\"key\":\"ed25519\"}");
  }

  @Test
  void shouldAddASecondHostThatRunningNodesFind() {
    init("first", "--port", String.valueOf(run()), "--host", "one").assertExit(0);
    PealProcess tail = site.start("tail", "--config", "first", "--query", "msg.log");
    int second = run();
    init("second", "--join", "first", "--port", String.valueOf(second), "--host", "two")
        .assertExit(0);
    PealProcess node = site.start("node", "--config", "second");
    node.awaitErr("node peal.two runs");
    // Nobody knows when the tail is connected to the node that came later.
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    do {
      assertThat(System.nanoTime()).as(tail::toString).isLessThan(end);
      site.run("", "logger", "--config", "second", "--message", "from two").assertExit(0);
    } while (!tail.outHolds("from two", Duration.ofSeconds(2)));
    assertThat(folder.resolve("second/certs/ca.key")).doesNotExist();
    assertThat(folder.resolve("second/endpoints.d/one.yaml"))
        .hasSameTextualContentAs(folder.resolve("first/endpoints.d/one.yaml"));
  }

  @Test
  void shouldKeepKeysSecretAndWarnOfAddressesThatOthersCannotReach() throws IOException {
    init("first", "--host", "one").assertExit(0);
    PealProcess second =
        init("second", "--join", "first", "--host", "two", "--address", "two.example.org");
    second.assertExit(0);
    assertThat(second.err())
        .anyMatch(line -> line.contains("cannot reach relay.one at tcp://127.0.0.1:4001"));
    for (String key : new String[] {"first/certs/ca.key", "second/certs/shell-two.key"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(key))))
          .as(key)
          .isEqualTo("rw-------");
    }
    assertThat(folder.resolve("second/peal.yaml"))
        .content()
        .contains("out: tcp://*:4001", "in: tcp://127.0.0.1:2001");
    assertThat(folder.resolve("first/endpoints.d/two.yaml"))
        .content()
        .contains("relay.two: tcp://two.example.org:4001");
  }

  @Test
  void shouldLeaveSocketAndStoreToTheSystemWhereTheFolderIsNotForThem() throws IOException {
    String deep = "deep/" + "d".repeat(100);
    init(deep).assertExit(0);
    assertThat(folder.resolve(deep).resolve("peal.yaml"))
        .content()
        .contains("  # submit: run/submit.sock", "  path: state/store.db");
  }

  @Test
  void shouldOverwriteNothing() throws IOException {
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full/peal.yaml"), "zmq: {}\n");
    Files.createDirectories(folder.resolve("empty"));

    PealProcess refused = init("full");
    refused.assertExit(73);
    assertThat(refused.err()).last().asString().contains("full is not empty");
    assertThat(folder.resolve("full")).isDirectoryContaining("glob:**/peal.yaml");
    assertThat(folder.resolve("full/certs")).doesNotExist();
    init("empty").assertExit(0);
    init("empty").assertExit(73);
    init("other", "--join", "empty", "--host", "two").assertExit(0);
    // Its key pairs are there already.
    PealProcess twice = init("another", "--join", "empty", "--host", "two");
    twice.assertExit(73);
    assertThat(twice.err()).last().asString().contains("shell-two");
  }

  @Test
  void shouldTellWhatIsWrong() {
    refused(2, "--host must be letters", "x", "--host", "a b");
    refused(2, "--address", "x", "--address", "*");
    refused(2, "--port must be at most 65528: 65529", "x", "--port", "65529");
    refused(66, "no endpoints.d in nowhere", "x", "--join", "nowhere");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private void refused(int status, String told, String... args) {
    PealProcess process = init(args);
    process.assertExit(status);
    assertThat(process.err()).last().asString().contains(told);
  }
}
