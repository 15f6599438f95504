package org.peal.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.PealException.Category;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.MessageMaker;
import org.peal.bus.amqp.PublisherStatus;
import org.peal.json.SpacedJson;
import org.peal.message.MessageId;
import org.peal.metrics.Sample;
import org.peal.node.submit.SubmitLimits;
import org.peal.node.submit.SubmitServer;
import org.peal.schema.Schemas;
import org.peal.store.Database;
import org.peal.store.OutboxMessage;

/**
 * Accepting messages for a broker as a part of a node: a draft is accepted when it is in the outbox
 * on disk, and goes to the broker when that takes it. A broker that is away holds up nobody, until
 * the outbox is full.
 */
final class AmqpPublisherPart implements NodePart {

  private final NodeServices services;
  private final AmqpConfig config;
  private final Schemas schemas;
  private final MessageMaker maker;
  private volatile @Nullable BrokerOutlet outlet;
  private volatile @Nullable OutboxPump outbox;
  private volatile @Nullable SubmitServer server;
  private volatile Runnable unmeasure = () -> {};
  private volatile Runnable unlisten = () -> {};

  AmqpPublisherPart(NodeServices services) {
    this.services = services;
    this.config = services.config().amqp();
    this.schemas = config.readSchemas();
    this.maker = new MessageMaker(schemas, config.publishPriority(), InstantSource.system());
  }

  @Override
  public void start() {
    Database database = services.database();
    BrokerOutlet started = BrokerOutlet.start(config, schemas);
    outlet = started;
    OutboxPump pump = new OutboxPump(database, OutboxPump.AMQP, started);
    outbox = pump;
    unlisten = services.onOutbox(pump::wake);
    unmeasure = services.metrics().add(() -> samples(pump));
    pump.start();
    SubmitServer accepting =
        new SubmitServer(
            SubmitSockets.of(
                PartName.AMQP_PUBLISHER,
                services.config().node(),
                services.setup().folders().runtime()),
            SubmitLimits.of(services.config().zmq().frameLimit()),
            draft -> Optional.of(accept(database, pump, draft)));
    server = accepting;
    listen(accepting);
  }

  private static List<Sample> samples(OutboxPump pump) {
    return List.of(
        Sample.gauge(
            "peal_amqp_outbox_rows",
            "messages that wait for the broker",
            Map.of(),
            (double) pump.rows()),
        Sample.gauge(
            "peal_amqp_outbox_refused",
            "of them, those that the broker refuses for good",
            Map.of(),
            pump.refused()),
        pump.failed());
  }

  private static void listen(SubmitServer accepting) {
    try {
      accepting.start();
    } catch (IOException e) {
      throw new NodeException(
          "amqp-publisher cannot start: no socket at %s (%s); set node.submit to a path that this"
                  .formatted(accepting.path(), e.getMessage())
              + " user can write",
          Category.PERMANENT,
          e);
    }
  }

  private CompletionStage<Published> accept(Database database, OutboxPump pump, Draft draft) {
    OutboxMessage message;
    try {
      message = row(draft);
    } catch (PublishException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (pump.rows() >= config.outboxSize()) {
      return CompletableFuture.failedFuture(
          new PublishException(
              Kind.FULL,
              "the outbox holds %d messages (amqp.outbox)".formatted(pump.rows()),
              null));
    }
    return database
        .write(transaction -> transaction.outbox().add(message))
        .thenApply(
            added -> {
              pump.added();
              return new Published(message.id(), OptionalLong.empty());
            });
  }

  /** What is no message of this bus is refused now, not when nobody waits for the answer. */
  private OutboxMessage row(Draft draft) {
    AmqpMessage made = maker.make(draft);
    return new OutboxMessage(
        new MessageId(made.id().orElseThrow()),
        draft.topic(),
        text(SpacedJson.write(draft.body())),
        text(SpacedJson.write(made.headers())),
        draft.severity(),
        Optional.empty(),
        Optional.empty(),
        InstantSource.system().instant(),
        Optional.empty(),
        OutboxPump.AMQP);
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    SubmitServer accepting = server;
    if (accepting != null) {
      accepting.drain(deadline);
    }
    Closing.quietly(outbox);
  }

  @Override
  public PartStatus status() {
    BrokerOutlet publishing = outlet;
    OutboxPump pump = outbox;
    SubmitServer accepting = server;
    if (publishing == null || pump == null || accepting == null) {
      return PartStatus.of("not started");
    }
    PublisherStatus done = publishing.status();
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("published", done.published());
    counters.put("unroutable", done.unroutable());
    counters.put("repeated", done.repeated());
    counters.put("connects", done.connects());
    counters.put("clients_turned_away", accepting.turnedAway());
    return new PartStatus(
        List.of(accepting.path() + " (submit)"),
        Optional.empty(),
        summary(done, pump),
        counters,
        List.of(),
        publishing.troubles(),
        OptionalInt.empty());
  }

  private static String summary(PublisherStatus done, OutboxPump pump) {
    String text =
        "%d published, %d unroutable, %d waiting"
            .formatted(done.published(), done.unroutable(), pump.rows());
    int refused = pump.refused();
    return refused == 0 ? text : text + ", of them " + refused + " refused";
  }

  @Override
  public void close() {
    unmeasure.run();
    unlisten.run();
    Closing.quietly(server);
    Closing.quietly(outbox);
    Closing.quietly(outlet);
  }
}
