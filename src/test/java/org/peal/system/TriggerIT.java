package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal trigger} as a process. */
class TriggerIT {

  private static final String TOPIC = "org.fedoraproject.dev.logger.log";
  private static final String ID = "2023-00000000-0000-4000-8000-000000000000";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final Publisher publisher = Publisher.bound();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  @AfterEach
  void closePublisher() {
    publisher.close();
  }

  /** Starts one whose command is a script of the test's own. */
  private PealProcess trigger(String script, String... options) {
    Path file = site.file("act", "#!/bin/bash\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    List<String> args =
        new ArrayList<>(List.of("trigger", "--connect", publisher.address(), "--no-validate"));
    args.addAll(List.of(options));
    args.addAll(List.of("--", "./act", "--first", "two words"));
    PealProcess trigger = site.start(args.toArray(String[]::new));
    publisher.awaitSubscriptions(1);
    return trigger;
  }

  private void send(String text) {
    publisher.send(TOPIC, Publisher.message(TOPIC, text).toString());
  }

  private static String last(PealProcess process) {
    List<String> lines = process.err();
    return lines.get(lines.size() - 1);
  }

  @Test
  void shouldGiveTheMessageToTheCommandAndLogItsStatus() {
    PealProcess trigger =
        trigger("cat; echo \"$# $1 $2 $PEAL_TOPIC $PEAL_MSG_ID [$PEAL_SIGNER]\"; exit 3");
    send("hello");
    trigger.awaitErr(ID + " (" + TOPIC + "): the command ended with 3");
    trigger.awaitOut("two words");
    assertThat(LoggerIT.json(trigger.out().get(0)).at("/msg/log").asText()).isEqualTo("hello");
    assertThat(trigger.out().get(1)).isEqualTo("2 --first two words " + TOPIC + " " + ID + " []");
    trigger.terminate();
    trigger.assertExit(0);
    assertThat(last(trigger))
        .isEqualTo("peal trigger: matched 1, run 1, failed 1, dropped 0, not run 0");
  }

  @Test
  void shouldNeverLetAMessageNearAShell() throws IOException {
    String hostile = "'; touch owned; ' $(touch owned) `touch owned` \n\"; touch owned #";
    PealProcess trigger = trigger("cat; echo \"[$PEAL_TOPIC]\"");
    String topic = "org.x.$(touch owned)";
    publisher.send(topic, Publisher.message(topic, hostile).toString());
    trigger.awaitErr(ID + " (without a usable topic): the command ended with 0");
    trigger.awaitOut(2, line -> true);
    assertThat(LoggerIT.json(trigger.out().get(0)).at("/msg/log").asText()).isEqualTo(hostile);
    assertThat(trigger.out()).hasSize(2).last().isEqualTo("[]");
    assertThat(folder.resolve("owned")).doesNotExist();
  }

  @Test
  void shouldRunOnlyForVerifiedMessagesWhenThereIsAnAuthority() {
    PealProcess trigger =
        site.start(
            "trigger",
            "--connect",
            publisher.address(),
            "--ca",
            "ca.crt",
            "--",
            "sh",
            "-c",
            "echo signed by $PEAL_SIGNER; cat");
    publisher.awaitSubscriptions(1);
    send("unsigned");
    publisher.sendSigned(site.pair("mallory", Site.MALLORY), TOPIC, "forged");
    publisher.sendSigned(site.pair("ann", Site.ANN), TOPIC, "good");
    trigger.awaitErr("the command ended with 0");
    trigger.terminate();
    trigger.assertExit(0);
    assertThat(trigger.out().get(0)).isEqualTo("signed by ann");
    assertThat(trigger.out()).hasSize(2).last().asString().contains("good");
    assertThat(trigger.err())
        .filteredOn(line -> line.contains("nothing is run for messages that fail verification"))
        .singleElement()
        .asString()
        .contains("INVALID UNSIGNED");
    assertThat(last(trigger)).contains("matched 1, run 1, ");
  }

  @Test
  void shouldChooseLikeTail() {
    PealProcess trigger =
        trigger("cat", "--topic", "org.a", "--exclude", "secret", "--where", "body.n == 2");
    for (String message :
        new String[] {"org.b.x:2", "org.a.secret:2", "org.a.x:1", "org.a.y:2", "org.a.y:3"}) {
      String topic = message.split(":")[0];
      String number = message.split(":")[1];
      publisher.send(topic, "{\"topic\":\"" + topic + "\",\"msg\":{\"n\":" + number + "}}");
    }
    publisher.send("org.a.end", "{\"topic\":\"org.a.end\",\"msg\":{\"n\":2}}");
    trigger.awaitOut("org.a.end");
    assertThat(trigger.out())
        .containsExactly(
            "{\"topic\":\"org.a.y\",\"msg\":{\"n\":2}}",
            "{\"topic\":\"org.a.end\",\"msg\":{\"n\":2}}");
  }

  @Test
  void shouldWaitForQuietAndThenRunOnceForEachMessage() {
    PealProcess trigger = trigger("cat", "--wait-for", "1");
    for (int i = 0; i < 5; i++) {
      send("m" + i);
    }
    assertThat(trigger.awaitOut(5, line -> true))
        .extracting(line -> LoggerIT.json(line).at("/msg/log").asText())
        .containsExactly("m0", "m1", "m2", "m3", "m4");
  }

  @Test
  void shouldNotWaitLongerThanTheQueueIsLong() {
    PealProcess trigger = trigger("cat", "--wait-for", "100000", "--max-queue-size", "2");
    send("a");
    send("b");
    send("c");
    trigger.awaitOut(3, line -> true);
    send("d");
    send("e");
    send("f");
    trigger.awaitOut(6, line -> true);
    send("g");
    trigger.terminate();
    trigger.assertExit(0);
    assertThat(trigger.out()).hasSize(6);
  }

  @Test
  void shouldTellOfMessagesThatWereHeldWhenItEnds() {
    PealProcess trigger =
        site.start(
            "trigger",
            "--connect",
            publisher.address(),
            "--ca",
            "ca.crt",
            "--wait-for",
            "100000",
            "cat");
    publisher.awaitSubscriptions(1);
    publisher.sendSigned(site.pair("ann", Site.ANN), TOPIC, "one");
    publisher.sendSigned(site.pair("ann", Site.ANN), TOPIC, "two");
    send("what is refused comes in order, so that the others have come");
    trigger.awaitErr("INVALID UNSIGNED");
    trigger.terminate();
    trigger.assertExit(0);
    assertThat(trigger.out()).isEmpty();
    assertThat(last(trigger)).contains("matched 2, run 0, failed 0, dropped 0, not run 2");
  }

  @Test
  void shouldDropAndCountWhatTheCommandDoesNotKeepUpWith() throws IOException {
    PealProcess trigger =
        trigger("touch started; while [ ! -e go ]; do sleep 0.1; done; cat", "--max-pending", "2");
    send("a");
    await().until(() -> Files.exists(folder.resolve("started")));
    send("b");
    send("c");
    send("d");
    trigger.awaitErr("warning: the command does not keep up, 1 messages dropped so far");
    site.file("go", "");
    trigger.awaitOut(3, line -> true);
    trigger.terminate();
    trigger.assertExit(0);
    assertThat(last(trigger)).contains("matched 4, run 3, failed 0, dropped 1, not run 0");
  }

  @Test
  void shouldEndACommandThatTakesTooLongWithAllThatItStarted() throws IOException {
    PealProcess trigger =
        trigger("sleep 100000 & echo $! > child; wait", "--command-timeout", "0.5");
    send("a");
    trigger.awaitErr("the command ran longer than 0.5 s and was ended");
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    send("b");
    trigger.terminate();
    trigger.assertExit(0);
    assertThat(last(trigger)).contains("failed ");
  }

  @Test
  void shouldLetTheRunningCommandFinishAtTheEnd() throws IOException {
    PealProcess trigger =
        trigger(
            "touch started; while [ ! -e go ]; do sleep 0.1; done; echo finished",
            "--stop-timeout",
            "600");
    send("a");
    await().until(() -> Files.exists(folder.resolve("started")));
    send("b");
    trigger.terminate();
    site.file("go", "");
    trigger.assertExit(0);
    assertThat(trigger.out()).first().isEqualTo("finished");
    assertThat(trigger.err()).anyMatch(line -> line.endsWith("the command ended with 0"));
  }

  @Test
  void shouldEndTheRunningCommandWhenItTakesTooLongAtTheEnd() {
    PealProcess trigger =
        trigger(
            "trap '' TERM; touch started; cat; while :; do sleep 1; done", "--stop-timeout", "1");
    send("a");
    trigger.awaitOut("log");
    trigger.terminate();
    trigger.assertExit(0);
    assertThat(trigger.err()).anyMatch(line -> line.endsWith("was ended, because we end"));
    assertThat(last(trigger)).contains("run 1, failed 1");
  }

  @Test
  void shouldGoOnWhenTheCommandReadsNothing() {
    PealProcess trigger = trigger("exec true");
    send("x".repeat(500_000));
    send("x".repeat(500_000));
    await()
        .untilAsserted(
            () ->
                assertThat(trigger.err())
                    .filteredOn(line -> line.endsWith("the command ended with 0"))
                    .hasSize(2));
  }

  @Test
  void shouldGoOnWhenTheCommandCannotBeStartedAnyMore() throws IOException {
    PealProcess trigger = trigger("cat");
    Files.delete(folder.resolve("act"));
    send("a");
    trigger.awaitErr("the command did not start: ");
    assertThat(trigger.isAlive()).isTrue();
  }

  @Test
  void shouldReadNoArgumentsFromFiles() {
    site.file("args", "--bogus");
    PealProcess trigger =
        site.start(
            "trigger",
            "--connect",
            publisher.address(),
            "--no-validate",
            "echo",
            "@args",
            "--topic");
    publisher.awaitSubscriptions(1);
    send("a");
    assertThat(trigger.awaitOut("@args")).isEqualTo("@args --topic");
  }
}
