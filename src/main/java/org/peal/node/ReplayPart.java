package org.peal.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.zmq.ResponderStatus;
import org.peal.bus.zmq.ZmqException;
import org.peal.node.replay.ReplayServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Giving out of the log what others missed, as a part of a node. */
final class ReplayPart implements NodePart {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayPart.class);

  private final NodeServices services;
  private volatile @Nullable ReplayServer server;

  ReplayPart(NodeServices services) {
    this.services = services;
  }

  @Override
  public void start() {
    PealConfig config = services.config();
    if (config.node().parts().contains(PartName.PUBLISHER) && !config.publisher().store()) {
      LOG.warn("publisher.store is false: nothing that is published from now on can be replayed");
    }
    try {
      server =
          ReplayServer.open(
              services.transport(),
              config.replay(),
              services.database().log(),
              services.retention());
    } catch (ZmqException e) {
      throw NodeException.cannotListen(PartName.REPLAY, "replay.in", e);
    }
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    ReplayServer answering = server;
    if (answering != null) {
      answering.drain(deadline);
    }
  }

  @Override
  public PartStatus status() {
    ReplayServer answering = server;
    if (answering == null) {
      return PartStatus.of("not started");
    }
    ReplayServer.Status done = answering.status();
    ResponderStatus socket = done.responder();
    return new PartStatus(
        List.of(answering.address() + " (replay)"),
        Optional.empty(),
        "%d questions, %d messages given, %d refused, %d failed, %d clients"
            .formatted(
                socket.questions(),
                done.messages(),
                done.refused(),
                done.failed(),
                socket.peers().open()),
        counters(done, socket),
        List.of());
  }

  private static Map<String, Long> counters(ReplayServer.Status done, ResponderStatus socket) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("replay_questions", socket.questions());
    counters.put("replay_answers", socket.answers());
    counters.put("replay_messages", done.messages());
    counters.put("replay_refused", done.refused());
    counters.put("replay_failed", done.failed());
    counters.put("replay_clients_dropped", socket.slow() + socket.impatient());
    counters.put("misshapen", socket.misshapen());
    return counters;
  }

  @Override
  public void close() {
    ReplayServer answering = server;
    if (answering != null) {
      answering.close();
    }
  }
}
