package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The publisher's disk is full, and has room again. It mounts a small one, which needs rights that
 * few test machines give; so only {@code script/faults} runs it.
 */
class FullDiskScenario extends Staged {

  private static final int MESSAGES = 20_000;
  private static final int PADDING = 1000;

  @Test
  void shouldGoOnWithoutARestartWhenTheDiskHasRoomAgain() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assertThat(mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()))
        .as("this scenario needs the right to mount (root)")
        .isTrue();
    try {
      fillDisk(disk);
    } finally {
      run("umount", "--lazy", disk.toString());
    }
  }

  private void fillDisk(Path disk) throws Exception {
    Campaign campaign = Campaign.start("disk-full");
    int messages = campaign.scaled(MESSAGES);
    Path ballast = disk.resolve("ballast");
    Subscriber subscriber = stage.subscriber();
    stage.store(disk.resolve("store.db"));
    stage.runNode();
    subscriber.start();
    try (Feed feed = stage.feed(messages, PADDING, campaign.derived()).started()) {
      feed.allow(messages);
      for (int mib = 8; mib <= 16; mib += 4) {
        assertThat(feed.awaitRefusal("broken")).as(campaign.toString()).contains("is full");
        subscriber.awaitAll(feed.accepted().keySet());
        assertThat(mount("-o", "remount,size=%dm".formatted(mib), disk.toString())).isTrue();
        int before = feed.count();
        feed.awaitAccepted(before + 1);
        feed.forgetRefusals();
      }
      assertThat(mount("-o", "remount,size=1g", disk.toString())).isTrue();
      stage.finish(campaign, feed, subscriber);
    }
  }

  private static boolean mount(String... args) throws Exception {
    String[] command = new String[args.length + 1];
    command[0] = "mount";
    System.arraycopy(args, 0, command, 1, args.length);
    return run(command);
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
