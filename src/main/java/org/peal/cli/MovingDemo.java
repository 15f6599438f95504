package org.peal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.peal.ExitCode;

/**
 * The part of the demo in which a handler moves from one bus to the other while messages flow. On
 * the broker it has a topic and a queue that no other program uses; the queue expires.
 */
final class MovingDemo {

  private static final String HANDLER = "events";

  /** How many messages come while the handler runs on the same buses. */
  private static final int STINT = 50;

  private static final long LOOK_MILLIS = 50;

  private final DemoStage stage;
  private final DemoSite site;
  private final BrokerLogin broker;
  private final Path account;
  private final String word = "demo-" + UUID.randomUUID().toString().substring(0, 8);

  /** Makes it; {@code broker} is the one that the handler moves to. */
  MovingDemo(DemoStage stage, Path folder, String signer, BrokerLogin broker) {
    this.stage = stage;
    this.site = new DemoSite(folder, "move", signer);
    this.broker = broker;
    this.account = site.folder().resolve("acted.jsonl");
  }

  void show() throws Exception {
    site.configure(", bridge", sections());
    try (ChildProcess node = stage.start("node", "--config", site.folder().toString())) {
      site.announce(node);
      node.awaitErr("bridge: connected to", DemoStage.PATIENCE);
      try (DemoFlow flow = new DemoFlow(publisher())) {
        stint(flow, "zmq", "connected to");
        stint(flow, "zmq,amqp", " consumes from ");
        stint(flow, "amqp", " consumes from ");
      }
      node.terminate();
    }
  }

  private String sections() {
    return """
    amqp:
      amqp-url: %s
      tls: %s
      reconnect-most: 1s
      end-on-failure: true
      queues:
        %s: {durable: true, arguments: {x-single-active-consumer: true, x-expires: 60000}}
    bridge: {directions: [to-amqp], to-amqp: {exchange: amq.topic, alone: true}}
    handlers:
      %s:
        type: log
        topics: ['org.fedoraproject.dev.peal.%s']
        queue: %s
        settings: {file: %s}
    """
        .formatted(broker.urlAsYaml(), broker.tlsAsYaml(), word, HANDLER, word, word, account);
  }

  private ChildProcess publisher() throws IOException {
    return stage.startToWrite(
        "logger",
        "--config",
        site.folder().toString(),
        "--modname",
        "peal",
        "--topic",
        word,
        "--json-lines");
  }

  /** Runs the handler on some buses for a while; the last time until all has come. */
  private void stint(DemoFlow flow, String buses, String sign) throws Exception {
    try (ChildProcess handler =
        stage.start("run", HANDLER, "--bus", buses, "--config", site.folder().toString())) {
      handler.awaitErr(sign, DemoStage.PATIENCE);
      flow.begin();
      boolean isLast = buses.equals("amqp");
      int upTo = isLast ? lastOf(flow) : flow.published() + STINT;
      // With all of them in hand nothing hangs on the bus that is left.
      await(handler, upTo);
      handler.terminate();
      if (isLast) {
        tell(upTo);
      } else {
        stage.good("acted on: ", "all up to number " + upTo + ", and the next ones are coming");
      }
    }
  }

  private static int lastOf(DemoFlow flow) throws InterruptedException {
    int enough = flow.published() + STINT;
    while (flow.published() < enough) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return flow.stop();
  }

  private void await(ChildProcess handler, int upTo) throws IOException, InterruptedException {
    long end = System.nanoTime() + DemoStage.PATIENCE.toNanos();
    while (DemoAccount.read(account).missing(upTo) > 0) {
      if (System.nanoTime() - end > 0) {
        throw handler.failed("has not acted on all up to number " + upTo);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private void tell(int published) throws IOException {
    DemoAccount acted = DemoAccount.read(account);
    String text =
        "%d published, %d acted on (%d from zmq, %d from amqp), %d missing, %d twice"
            .formatted(
                published,
                acted.times().size(),
                acted.by("zmq"),
                acted.by("amqp"),
                acted.missing(published),
                acted.repeated());
    if (acted.missing(published) > 0 || acted.repeated() > 0 || acted.by("amqp") == 0) {
      throw new CommandException(ExitCode.INTERNAL, "the handler should have moved: " + text);
    }
    stage.good("moved:    ", text);
  }
}
