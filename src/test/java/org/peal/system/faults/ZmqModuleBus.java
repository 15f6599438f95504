package org.peal.system.faults;

import org.peal.system.ModuleSite;

/** ZeroMQ: the node itself takes in what is told, and its log keeps what is announced. */
final class ZmqModuleBus implements ModuleBus {

  private final ModuleSite modules;
  private final int builds;
  private final Feed feed;

  ZmqModuleBus(ModuleSite modules, int builds, long seed) {
    this.modules = modules;
    this.builds = builds;
    modules.configure("publisher, replay, handlers", modules.handler("tagging", ""));
    feed =
        new Feed(
                modules.site().folder().resolve("node.sock"),
                builds,
                ModuleSite.TOPIC,
                ModuleSite::body,
                seed)
            .started();
  }

  @Override
  public void allow(int upTo) {
    feed.allow(upTo);
  }

  @Override
  public void awaitTaken() {
    feed.awaitAccepted(builds);
  }

  @Override
  public void assertAnnounced() {
    modules.assertAnnounced(builds);
  }

  @Override
  public void close() {
    feed.close();
  }
}
