package org.peal.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.PealException.Category;
import org.peal.bus.Publisher;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.ZmqException;
import org.peal.endpoint.Endpoint;
import org.peal.message.EnvelopeFactory;
import org.peal.metrics.Sample;
import org.peal.node.submit.Spool;
import org.peal.node.submit.SubmitLimits;
import org.peal.node.submit.SubmitServer;
import org.peal.store.Database;
import org.peal.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepting, storing and publishing as a part of a node. */
final class PublisherPart implements NodePart {

  private static final Logger LOG = LoggerFactory.getLogger(PublisherPart.class);

  /** The queue to the loop thread moves unless that has died. */
  private static final Duration QUEUE_PATIENCE = Duration.ofSeconds(10);

  private final NodeServices services;
  private final PublisherConfig config;
  private final NodeSigners signers;
  private final List<Publication> publications = new ArrayList<>();
  private final AtomicLong unsent = new AtomicLong();
  private volatile List<String> listening = List.of();
  private volatile @Nullable DurablePublisher publisher;
  private volatile @Nullable SubmitServer server;
  private volatile @Nullable OutboxPump outbox;
  private volatile @Nullable SpoolSweep sweep;
  private volatile Runnable unmeasure = () -> {};
  private volatile Runnable unlisten = () -> {};

  PublisherPart(NodeServices services) {
    this.services = services;
    this.config = services.config().publisher();
    this.signers =
        new NodeSigners(
            services.config().crypto(),
            new OwnKeys(services.config().crypto(), services.setup().host()),
            Optional.ofNullable(config.certPrefixes()),
            Trust.policy(services.config().crypto()));
  }

  @Override
  public void start() {
    if (!signers.hasUsual()) {
      LOG.warn("there is no key pair: drafts without a cert-prefix are published unsigned");
    }
    Journal journal = config.store() ? new DatabaseJournal(services.database()) : Journal.NONE;
    config.out().forEach(address -> publications.add(bind(address)));
    DurablePublisher started = publisher(journal);
    publisher = started;
    started.start();
    services
        .ownBus()
        .use(
            new OwnBus.Running(
                started,
                signers.usual(),
                config.store() ? Optional.of(services.database()) : Optional.empty(),
                this::send));
    if (config.store()) {
      OutboxPump pump =
          new OutboxPump(
              services.database(),
              OutboxPump.ZMQ,
              (draft, row) -> started.publish(draft, OutboxPump.removal(row)));
      outbox = pump;
      unlisten = services.onOutbox(pump::wake);
      pump.start();
    }
    Optional<Database> stored =
        config.store() ? Optional.of(services.database()) : Optional.empty();
    unmeasure = services.metrics().add(() -> samples(started, stored));
    SubmitServer accepting = new SubmitServer(socket(), limits(), started::offer);
    server = accepting;
    listen(accepting);
    SpoolSweep sweeping = new SpoolSweep(spool(), started);
    sweep = sweeping;
    sweeping.start();
    listening =
        Stream.concat(
                publications.stream().map(p -> p.boundAddress() + " (out)"),
                Stream.of(accepting.path() + " (submit)"))
            .toList();
  }

  /** Returns what accepts messages; empty before the start. */
  Optional<Publisher> publisher() {
    return Optional.ofNullable(publisher);
  }

  /** Called by any thread, also while this ends. */
  private List<Sample> samples(DurablePublisher started, Optional<Database> stored) {
    List<Sample> samples = new ArrayList<>();
    DurablePublisher.Status done = started.status();
    samples.add(gauge("peal_publisher_in_flight", "messages without an answer", done.underWay()));
    samples.add(
        gauge("peal_publisher_in_flight_bytes", "what they take, about", done.underWayBytes()));
    OutboxPump pump = outbox;
    if (pump != null && stored.isPresent()) {
      Database database = stored.get();
      long first = database.log().firstSequenceId();
      long last = database.log().lastSequenceId();
      samples.add(gauge("peal_outbox_rows", "messages that wait to be published", pump.rows()));
      samples.add(pump.failed());
      samples.add(gauge("peal_log_messages", "messages in the log", last - first + 1));
      samples.add(
          gauge("peal_log_bytes", "what the messages in the log take", database.logBytes()));
      samples.add(gauge("peal_log_first_sequence_id", "the oldest message in the log", first));
      samples.add(gauge("peal_log_last_sequence_id", "the newest message in the log", last));
      samples.add(
          gauge("peal_store_waiting", "pieces of work for the next commit", database.waiting()));
    }
    return samples;
  }

  private static Sample gauge(String name, String help, long value) {
    return Sample.gauge(name, help, Map.of(), (double) value);
  }

  private DurablePublisher publisher(Journal journal) {
    EnvelopeFactory envelopes =
        new EnvelopeFactory(
            InstantSource.system(), TimeZone.getDefault(), services.setup().username());
    return new DurablePublisher(
        journal,
        signers,
        envelopes,
        Identity.headers(journal, services.setup().name(), new SecureRandom()),
        new PublishLimits(
            config.inFlight(),
            config.inFlightBytes(),
            config.whenFull(),
            config.patience(),
            services.config().zmq().frameLimit()),
        this::send);
  }

  /** Returns the outbox of this user, where its commands put what no node took. */
  private Spool spool() {
    return new Spool(services.setup().folders().outbox(), services.config().node().outbox());
  }

  private SubmitLimits limits() {
    return SubmitLimits.of(services.config().zmq().frameLimit());
  }

  private Path socket() {
    return SubmitSockets.of(
        PartName.PUBLISHER, services.config().node(), services.setup().folders().runtime());
  }

  private Publication bind(Endpoint address) {
    try {
      return services
          .transport()
          .bindPublication(address, PublicationOptions.of(services.config().zmq().mark()));
    } catch (ZmqException e) {
      throw NodeException.cannotListen(PartName.PUBLISHER, "publisher.out", e);
    }
  }

  private void listen(SubmitServer accepting) {
    try {
      accepting.start();
    } catch (IOException e) {
      throw new NodeException(
          "publisher cannot start: no socket at %s (%s); set node.submit to a path that this user can"
                  .formatted(accepting.path(), e.getMessage())
              + " write, of at most %d bytes".formatted(NodeConfig.LONGEST_SOCKET),
          Category.PERMANENT,
          e);
    }
  }

  /** A bound publication is never held up by a reader; only a loop that has died takes nothing. */
  private void send(List<PublishedFrames> batch) {
    for (PublishedFrames message : batch) {
      for (Publication publication : publications) {
        if (!publication.offer(message.topic(), message.payload())
            && !offer(publication, message)) {
          unsent.incrementAndGet();
        }
      }
    }
  }

  /** Waits for room even if the thread, which may be any that publishes, is interrupted. */
  private static boolean offer(Publication publication, PublishedFrames message) {
    Deadline deadline = Deadline.after(QUEUE_PATIENCE);
    boolean isInterrupted = false;
    while (true) {
      try {
        boolean isTaken = publication.offer(message.topic(), message.payload(), deadline.left());
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
        return isTaken;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    SubmitServer accepting = server;
    if (accepting != null) {
      accepting.drain(deadline);
    }
    Closing.quietly(sweep);
    OutboxPump pump = outbox;
    if (pump != null) {
      pump.close();
    }
    DurablePublisher accepted = publisher;
    if (accepted != null) {
      accepted.drain(deadline);
    }
    for (Publication publication : publications) {
      publication.drain(deadline.left());
    }
  }

  @Override
  public PartStatus status() {
    DurablePublisher accepted = publisher;
    SubmitServer accepting = server;
    if (accepted == null || accepting == null) {
      return PartStatus.of("not started");
    }
    DurablePublisher.Status done = accepted.status();
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("accepted", done.accepted());
    counters.put("refused", done.refused());
    counters.put("dropped", done.dropped());
    counters.put("unsent", unsent.get());
    counters.put("clients_turned_away", accepting.turnedAway());
    Optional<String> end = done.isStopped() ? done.problem() : brokenStore();
    return new PartStatus(
        listening,
        end,
        "%d accepted, %d refused, %d under way of about %d bytes%s"
            .formatted(
                done.accepted(),
                done.refused(),
                done.underWay(),
                done.underWayBytes(),
                done.problem().map(problem -> "; " + problem).orElse("")),
        counters,
        List.of(),
        end.isPresent() ? List.of() : done.problem().stream().toList(),
        OptionalInt.empty());
  }

  /** Returns why the store takes nothing any more, also when nobody has published since. */
  private Optional<String> brokenStore() {
    return config.store()
        ? services.database().failure().map(StoreException::getMessage)
        : Optional.empty();
  }

  @Override
  public void close() {
    unmeasure.run();
    unlisten.run();
    Closing.quietly(server);
    Closing.quietly(sweep);
    Closing.quietly(outbox);
    DurablePublisher ending = publisher;
    if (ending != null) {
      services.ownBus().forget(ending);
    }
    Closing.quietly(ending);
    publications.forEach(Closing::quietly);
  }
}
