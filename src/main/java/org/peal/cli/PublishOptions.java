package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.Threads;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Signer;
import org.peal.endpoint.Endpoint;
import org.peal.message.EnvelopeFactory;
import org.peal.message.MessageId;
import org.peal.message.TimedUuids;
import org.peal.message.Topic;
import org.peal.node.Folders;
import org.peal.node.OwnKeys;
import org.peal.node.PealConfig;
import org.peal.node.Sender;
import org.peal.node.submit.Spool;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of all commands that publish: where to, how long to wait, and who signs. */
final class PublishOptions {

  private static final TimedUuids IDS = new TimedUuids(InstantSource.system());

  @Option(
      names = "--cert-prefix",
      paramLabel = "PREFIX",
      description =
          "Sign with the key pair of PREFIX on this host. Default: crypto.cert-prefix, or the"
              + " command's own: announce, else shell.")
  @Nullable String certPrefix;

  @ArgGroup(exclusive = true)
  @Nullable Target target;

  /** Where to publish. */
  static final class Target {
    @Option(
        names = "--endpoint",
        paramLabel = "ADDRESS",
        description =
            "Connect to this relay (tcp://HOST:PORT). Default: the first of relay.in. With --bus"
                + " amqp: the broker (amqp://USER:PASSWORD@HOST/VIRTUAL-HOST).")
    @Nullable String endpoint;

    @Option(
        names = "--bind",
        paramLabel = "ADDRESS",
        description = "Publish from this address directly; subscribers connect to it.")
    @Nullable String bind;
  }

  @Option(
      names = "--wait",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Send when N subscriptions match the topic; equal ones of two peers count as two, a relay"
              + " as one. 0 sends at once. Default: ${DEFAULT-VALUE}.")
  int wait = 1;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "Give up after this time without progress in connecting, waiting, sending or flushing."
              + " Default: ${DEFAULT-VALUE}.")
  double timeout = 5;

  @Option(names = "--cert", paramLabel = "FILE", description = "Sign with this certificate..")
  @Nullable Path cert;

  @Option(names = "--key", paramLabel = "FILE", description = "..and this key, both PEM.")
  @Nullable Path key;

  @Option(names = "--no-sign", description = "Publish unsigned, whatever the configuration says.")
  boolean noSign;

  @Option(names = "--print", description = "Print the id of each message.")
  boolean print;

  @Option(
      names = "--no-spool",
      description =
          "When the node of this host does not take a message, fail instead of queueing it.")
  boolean noSpool;

  /** Cleared by commands that promise to leave nothing behind. */
  private boolean isQueueing = true;

  private Optional<NodeAccess> node = Optional.empty();
  private boolean isNodeSought;

  /** Makes the command do without the outbox, and without a node that is not there. */
  void neverQueue() {
    isQueueing = false;
  }

  /**
   * Checks the options.
   *
   * @throws CommandException if one is wrong
   */
  void check() {
    patience();
    Options.atLeast("--wait", wait, 0);
  }

  /** Returns the configuration values that options stand for on AMQP. */
  Map<String, Object> amqpOverrides() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (target != null && target.bind != null) {
      throw new CommandException(ExitCode.USAGE, "--bind is for --bus zmq");
    }
    if (target != null && target.endpoint != null) {
      values.put("amqp.amqp-url", Options.broker("--endpoint", List.of(target.endpoint)));
    }
    values.put("amqp.publish-timeout", patience().toMillis() + "ms");
    return values;
  }

  /** Returns what prints the ids of accepted messages, if that is wanted. */
  Consumer<String> printer(PealCommand command) {
    Output out = new Output(command.io.out());
    return id -> printed(out, id);
  }

  private Duration patience() {
    return Options.seconds("--timeout", timeout);
  }

  /**
   * Returns what signs, by the options or else the configuration; warns when nothing does and that
   * was not asked for.
   *
   * @param program whose key pair is looked for on this host when nobody says otherwise
   */
  Optional<Signer> signer(PealCommand command, PealConfig config, String program) {
    if (noSign || node(command, config).isPresent()) {
      return Optional.empty();
    }
    Optional<Signer> signer =
        Options.signer(command, cert, key, CryptoProvider.JDK, config.crypto())
            .or(
                () ->
                    new OwnKeys(config.crypto(), Setup.hostName(command.io))
                        .signer(certPrefix, program, CryptoProvider.JDK));
    if (signer.isEmpty() && !Boolean.FALSE.equals(config.crypto().sign())) {
      command.say(
          "warning: publishing unsigned, there is no key pair (give --cert and --key, or set"
              + " crypto.directory; --no-sign silences this)");
    }
    return signer;
  }

  /**
   * Opens the way to the bus and waits until enough peers listen to the topic.
   *
   * @throws CommandException if the address is wrong or taken, or nobody listens in time
   */
  Outlet open(PealCommand command, PealConfig config, Optional<Signer> signer, Topic topic)
      throws InterruptedException {
    Optional<NodeAccess> found = node(command, config);
    if (found.isPresent()) {
      return nodeOutlet(command, config, found.get());
    }
    // While the link is made there is time for what the first signature would wait for.
    signer.ifPresent(own -> Threads.daemon("peal-warm-up", own::warmUp).start());
    ZmqTransport transport = Transports.open(command, config.zmq());
    try {
      Publication publication = publication(command, transport, config);
      if (wait > 0) {
        BusOutlet.awaitSubscribers(publication, topic, wait, patience(), isBound());
      }
      return new BusOutlet(transport, publication, sender(command, publication, config, signer));
    } catch (RuntimeException | Error | InterruptedException e) {
      transport.close();
      throw e;
    }
  }

  /** Opens the way to the bus, publishes one message, and says it when that failed. */
  ExitCode publishOne(
      PealCommand command, PealConfig config, Optional<Signer> signer, Topic topic, JsonNode body)
      throws Exception {
    try (Outlet outlet = open(command, config, signer, topic)) {
      outlet.send(topic, body);
      Optional<String> undelivered = outlet.finish();
      undelivered.ifPresent(command::say);
      return undelivered.isPresent() ? ExitCode.TEMPORARY : ExitCode.OK;
    }
  }

  /** Returns the node that the messages go to; looks for it once. */
  private Optional<NodeAccess> node(PealCommand command, PealConfig config) {
    boolean isBypassed = target != null || cert != null || key != null || noSign;
    if (!isNodeSought && !isBypassed) {
      node =
          NodeAccess.find(config.node(), Folders.of(command.io.environment()))
              .filter(found -> isQueueing || found.client().isPresent());
    }
    isNodeSought = true;
    return node;
  }

  private Outlet nodeOutlet(PealCommand command, PealConfig config, NodeAccess access)
      throws InterruptedException {
    Spool spool = new Spool(Folders.of(command.io.environment()).outbox(), config.node().outbox());
    Output out = new Output(command.io.out());
    NodeOutlet outlet =
        new NodeOutlet(
            command,
            access,
            spool,
            new NodeOutlet.Terms(
                EnvelopeFactory.loginName(command.io.environment()),
                Optional.ofNullable(certPrefix),
                PublishOptions::newId,
                isQueueing && !noSpool,
                patience(),
                id -> printed(out, id)));
    try {
      outlet.emptySpool();
    } catch (IOException e) {
      outlet.close();
      throw new CommandException(
          ExitCode.IO, "the outbox " + spool.folder() + " cannot be read: " + e.getMessage());
    }
    return outlet;
  }

  private static MessageId newId() {
    return MessageId.create(InstantSource.system(), TimeZone.getDefault(), IDS.get());
  }

  /** Opens the way to a broker: through the node of this host, if it takes messages for one. */
  Outlet openForAmqp(PealCommand command, PealConfig config) {
    Folders folders = Folders.of(command.io.environment());
    Optional<NodeAccess> found =
        target != null
            ? Optional.empty()
            : NodeAccess.findForAmqp(config.node(), folders)
                .filter(access -> access.client().isPresent());
    if (found.isEmpty()) {
      return AmqpOutlet.open(config.amqp(), printer(command));
    }
    NodeOutlet.Terms terms =
        new NodeOutlet.Terms(
            EnvelopeFactory.loginName(command.io.environment()),
            Optional.empty(),
            () -> new MessageId(IDS.get().toString()),
            false, // what waits there is for the other bus
            patience(),
            printer(command));
    Spool spool = new Spool(folders.outbox(), config.node().outbox());
    return new NodeOutlet(command, found.get(), spool, terms);
  }

  private boolean isBound() {
    return target != null && target.bind != null;
  }

  private Publication publication(PealCommand command, ZmqTransport transport, PealConfig config) {
    PublicationOptions options = PublicationOptions.of(config.zmq().mark());
    if (target != null && target.bind != null) {
      Endpoint address = Options.address("--bind", target.bind);
      Publication bound = Transports.bind(() -> transport.bindPublication(address, options));
      command.say("listening on " + bound.boundAddress());
      return bound;
    }
    Endpoint relay =
        target != null && target.endpoint != null
            ? Options.remote("--endpoint", target.endpoint)
            : config.relay().in().get(0).forConnecting();
    if (isQueueing) {
      command.say("publishing through the relay " + relay + ": delivery is not confirmed");
    }
    return transport.connectPublication(relay, options);
  }

  private Sender sender(
      PealCommand command, Publication publication, PealConfig config, Optional<Signer> signer) {
    EnvelopeFactory envelopes =
        new EnvelopeFactory(
            InstantSource.system(),
            TimeZone.getDefault(),
            EnvelopeFactory.loginName(command.io.environment()));
    Output out = new Output(command.io.out());
    return new Sender(
        publication,
        envelopes,
        signer,
        config.zmq().frameLimit(),
        patience(),
        id -> printed(out, id));
  }

  private void printed(Output out, String id) {
    if (print) {
      out.line(id);
      out.flush();
    }
  }
}
