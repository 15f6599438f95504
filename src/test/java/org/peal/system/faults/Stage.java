package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.system.Site;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * One node that accepts and answers replay, and whoever follows it, in a folder of their own. Used
 * by one thread.
 */
final class Stage {

  private final Site site;
  private final Processes processes;
  private final int port = FreePorts.run(2);
  private @Nullable PealProcess node;
  private Setting setting;
  private Path store;
  private String parts = "publisher, replay";
  private String sections = "";

  Stage(Path folder, Processes processes) {
    this.processes = processes;
    site = new Site(folder, processes);
    setting = site.setting();
    store = path("store.db");
    endpoints(port, port + 1);
    configure("");
  }

  /** Writes down where followers find the publisher and its log. */
  void endpoints(int publisher, int replay) {
    site.endpoints(publisher, replay);
  }

  /** Lets nodes keep their log in another file from now on. */
  void store(Path file) {
    store = file;
    configure("");
  }

  /** Lets nodes run handlers too, which the text tells of; it is a section of the configuration. */
  void handlers(String section) {
    parts = "publisher, replay, handlers";
    sections = section;
    configure("");
  }

  /** Writes the configuration of both sides; the text goes on the section {@code store}. */
  void configure(String more) {
    site.file(
        "peal.yaml",
        Site.acceptor(parts, port)
            + """
            store: {path: "%s"%s}
            streams: {quiet-after: 2s}
            """
                .formatted(store, more)
            + sections);
  }

  /** Returns the port of the publisher; the next one is that of its log. */
  int port() {
    return port;
  }

  Path path(String name) {
    return site.folder().resolve(name);
  }

  /** Lets nodes run in another setting from now on. */
  void runNodesIn(Setting other) {
    setting = other;
  }

  Setting setting() {
    return site.setting();
  }

  Feed feed(int messages, int padding, long seed) {
    return new Feed(path("node.sock"), messages, padding, seed);
  }

  Subscriber subscriber() {
    return subscriber(site.setting());
  }

  Subscriber subscriber(Setting its) {
    return new Subscriber(site.folder(), its, processes);
  }

  /** Starts a node without waiting for it. */
  PealProcess startNode() {
    PealProcess started = processes.add(PealProcess.start(setting, "node", "--config", "."));
    node = started;
    return started;
  }

  /** Starts a node and waits until it accepts and answers. */
  PealProcess runNode() {
    PealProcess started = startNode();
    awaitReady(started);
    return started;
  }

  private static void awaitReady(PealProcess node) {
    node.awaitErr("(replay)");
  }

  PealProcess node() {
    if (node == null) {
      throw new IllegalStateException("no node runs");
    }
    return node;
  }

  void killNode() {
    node().kill();
    forgetNode();
  }

  /** Ends the node in order, for which it must have come so far that it hears the signal. */
  void terminateNode() {
    awaitReady(node());
    node().terminate();
    node().assertExit(0);
    forgetNode();
  }

  private void forgetNode() {
    processes.forget(node());
    node().close();
    node = null;
  }

  /** Returns the messages of one topic in the log of the node, which must have ended. */
  List<String> logged(String topic) {
    return site.logged(topic);
  }

  /** Returns the oldest sequence id in the log of the node, which may run. */
  long firstInLog() {
    return Records.firstInLog(store);
  }

  /** Reads the log of the node, which must have ended. */
  Records log() {
    return Records.of(store);
  }

  /** Lets a publisher and its subscriber come to their end, and closes the account. */
  void finish(Campaign campaign, Feed feed, Subscriber subscriber) {
    feed.awaitAccepted(feed.size());
    subscriber.awaitAll(feed.accepted().keySet());
    subscriber.terminate();
    terminateNode();
    assertThat(feed.violations()).as(campaign.toString()).isEmpty();
    new Account(campaign, feed.accepted(), subscriber.lives(), log()).requireNothingLost();
  }
}
