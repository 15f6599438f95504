package org.peal.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.bus.RawMessage;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verifier;
import org.peal.node.PealConfig;
import org.peal.node.Receiver;
import org.peal.node.Trust;
import org.peal.node.replay.ReplayClient;
import org.peal.node.replay.ReplayClientOptions;
import org.peal.sentence.Sentences;
import org.peal.store.Database;
import org.peal.store.StoreConfig;
import org.peal.stream.DurableSubscriber;
import org.peal.stream.Handling;

/**
 * One command's watching of the bus: connects to what was given or is found, verifies, and hands
 * over the messages that the options mean. Used once; what it hands over comes on one thread.
 */
final class Watch {

  private static final Duration LOOK = Duration.ofMillis(200);

  /** When a command has seen enough. */
  interface Ending {
    /** Waits at most that long and tells whether it is time to end. */
    boolean await(Duration limit) throws InterruptedException;
  }

  private final PealCommand command;
  private final WatchOptions options;
  private final Setup setup;
  private final Optional<Verifier> verifier;
  private final MessageFilter topics;
  private final Where where;
  private @Nullable Sentences sentences;

  private Watch(PealCommand command, WatchOptions options, Where where, Setup setup) {
    this.command = command;
    this.options = options;
    this.where = where;
    this.setup = setup;
    this.verifier =
        options.bus.isAmqp() ? Optional.empty() : Trust.verifier(setup.config().crypto());
    this.topics =
        new MessageFilter(
            RegexOption.compile("--exclude", options.exclude),
            RegexOption.compile("--include", options.include),
            command::say);
  }

  /**
   * Reads the configuration and whom to trust, and says when nothing is verified; nothing is
   * connected yet.
   *
   * @param overrides configuration values that the command's options stand for
   * @throws CommandException if an option is wrong
   */
  static Watch prepare(PealCommand command, WatchOptions options, Map<String, ?> overrides) {
    Where where = options.where.compile(command::say);
    Watch watch = new Watch(command, options, where, Setup.load(command, overrides));
    if (watch.verifier.isEmpty() && !options.bus.isAmqp()) {
      boolean chosen = Boolean.FALSE.equals(options.validate);
      command.say("messages are not verified" + (chosen ? "" : " (no --ca, no crypto.ca)"));
    }
    return watch;
  }

  /** Tells whether messages are looked at, so that some can be refused. */
  boolean isVerifying() {
    return verifier.isPresent() || options.bus.isAmqp();
  }

  /** Returns the rules by which messages are told; read only when first asked for. */
  Sentences sentences() {
    if (sentences == null) {
      sentences = setup.config().sentences().load();
    }
    return sentences;
  }

  /** Returns what tells which messages are meant, by what they say. */
  Predicate<Delivery> wanted() {
    Predicate<Delivery> names =
        options.users.isEmpty() && options.packages.isEmpty()
            ? delivery -> true
            : new NameFilter(sentences(), Set.copyOf(options.users), Set.copyOf(options.packages));
    return names.and(where::wants);
  }

  /**
   * Connects and hands over what comes until the end; reports links as they come and go.
   *
   * @param consumer gets every message whose topic is meant, also those that are refused
   * @throws Exception what the consumer threw
   */
  void run(Consumer<Delivery> consumer, Ending ending) throws Exception {
    if (options.bus.isAmqp()) {
      new AmqpWatch(setup.config().amqp(), options.topics, topics::wants)
          .run(command, consumer, ending);
      where.report();
      return;
    }
    try (Sources sources = Sources.open(command, setup, options.connect);
        ZmqTransport transport = Transports.open(command, setup.config());
        Receiver receiver =
            new Receiver(
                transport,
                options.topics.isEmpty() ? List.of("") : options.topics,
                verifier,
                topics::wants,
                consumer)) {
      sources.follow(receiver::follow);
      linger(receiver, () -> null, ending);
    }
    where.report();
  }

  private void linger(Receiver receiver, Supplier<@Nullable Throwable> otherFailure, Ending ending)
      throws Exception {
    LinkReporter links = new LinkReporter(command::say);
    boolean over;
    do {
      over = ending.await(LOOK);
      Failures.rethrow(receiver.failure());
      Failures.rethrow(otherFailure.get());
      links.look(receiver.status());
    } while (!over);
  }

  /** Tells whether a message has a topic that is meant, for those that receive all of them. */
  boolean isTopicWanted(RawMessage message) {
    String topic = new String(message.topic(), StandardCharsets.UTF_8);
    return (options.topics.isEmpty() || options.topics.stream().anyMatch(topic::startsWith))
        && topics.wants(message);
  }

  /**
   * Does the same for a durable subscriber: hands over every message in its publisher's order, from
   * where the subscriber ended before, and records what became of it.
   *
   * @throws Exception what the handling threw
   */
  void runDurable(DurableOptions durable, Handling handling, Ending ending) throws Exception {
    PealConfig config = setup.config();
    StoreConfig store = StoreConfig.defaults();
    InstantSource clock = InstantSource.system();
    DurableSubscriber.Subscription subscription =
        new DurableSubscriber.Subscription(
            String.valueOf(durable.name),
            durable.start(clock.instant()),
            config.streams(),
            config.dedup());
    ReplayClientOptions asking =
        ReplayClientOptions.DEFAULT.withUnsignedSequenceIds(config.replay().unsignedSequenceIds());
    try (Sources sources = Sources.open(command, setup, options.connect);
        Database database = Database.openWithoutLog(durable.file(command.io), store, clock);
        ZmqTransport transport = Transports.open(command, config);
        ReplayClient replay = new ReplayClient(transport, sources::known, verifier, asking);
        DurableSubscriber subscriber =
            new DurableSubscriber(
                database,
                subscription,
                replay,
                () -> sources.known().replay().keySet(),
                clock,
                new SplittableRandom(),
                handling);
        Receiver receiver =
            new Receiver(transport, List.of(""), verifier, raw -> true, subscriber::accept)) {
      Runtime.getRuntime().addShutdownHook(new Thread(subscriber::close, "peal-durable-end"));
      sources.follow(receiver::follow);
      subscriber.start();
      linger(receiver, subscriber::failure, ending);
    }
    where.report();
  }
}
