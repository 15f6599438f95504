package org.peal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.peal.bench.Row.Goal;
import org.peal.crypto.CryptoProvider;

/** From ZeroMQ through a bridge to a broker, and our publisher to that broker alone. */
final class BridgePath implements BenchPath {

  /** Its name, which is only measured where there is a broker. */
  static final String NAME = "bridge";

  private static final int CROSSING = 5_000;
  private static final int PUBLISHED = 20_000;

  /**
   * Rounds that do not count, besides the usual one: so many messages the second compiler works on
   * a new bridge, which has more to compile than what limits it. Both have as many.
   */
  private static final int WARM_UPS = 15;

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    Worker bare = lab.start("bare-amqp", Lab.terms().put("url", lab.broker()));
    int published = lab.effort().count(PUBLISHED);
    DoubleSupplier confirmed = () -> confirmed(bare, bare, published);
    lab.say(NAME + ": publish with confirms");
    Worker ours =
        lab.start("amqp-publisher", Lab.terms().put("folder", folder(lab, "").toString()));
    Row publish =
        Row.of(
            NAME,
            "publish with confirms, durable",
            "/s",
            "bare amqp-client",
            lab.rounds(() -> confirmed(ours, bare, published), confirmed),
            Goal.atLeast(0.9));
    List<Row> rows = new ArrayList<>(List.of(publish));
    rows.addAll(crossing(lab, bare, confirmed));
    return rows;
  }

  private static double confirmed(Worker publisher, Worker bare, int count) {
    bare.ask(Lab.order("purge"));
    return Flow.rate(publisher.ask(Lab.order("publish", count)));
  }

  private static List<Row> crossing(Lab lab, Worker bare, DoubleSupplier confirmed)
      throws IOException {
    int count = lab.effort().count(CROSSING);
    Path frames = signed(lab, count * (WARM_UPS + 1 + lab.effort().runs()));
    Worker sender = PealPeers.bareSender(lab, frames);
    Worker bridge =
        lab.start(
            "bridge", Lab.terms().put("folder", folder(lab, sender.said("address")).toString()));
    // What is only verified may come again.
    Worker limitSender = PealPeers.bareSender(lab, signed(lab, count));
    Worker verifier = PealPeers.bareVerifier(lab, limitSender.said("address"));
    sender.ask(Lab.order("await", 1));
    limitSender.ask(Lab.order("await", 1));
    AtomicInteger sent = new AtomicInteger();
    DoubleSupplier crossed =
        () -> {
          bare.ask(Lab.order("purge"));
          // No message twice: the second one would not cross.
          return Flow.rate(sender, "send", sent.getAndAdd(count), bridge, count);
        };
    DoubleSupplier verified = () -> Flow.rate(limitSender, "send", verifier, count);
    for (int i = 0; i < WARM_UPS; i++) {
      long rate = Math.round(crossed.getAsDouble());
      long most = Math.round(new Limits(verified.getAsDouble(), confirmed.getAsDouble()).slower());
      lab.say(NAME + ": warming up, at " + rate + "/s of " + most + "/s");
    }
    List<Limits> limits = new ArrayList<>();
    List<Row.Round> rounds =
        lab.rounds(
            crossed,
            () -> {
              limits.add(new Limits(verified.getAsDouble(), confirmed.getAsDouble()));
              return limits.get(limits.size() - 1).slower();
            });
    limits.remove(0); // of the round that warms up
    return rows(rounds, limits);
  }

  /** The same figure beside both limits. */
  private static List<Row> rows(List<Row.Round> rounds, List<Limits> limits) {
    List<Row.Round> shared = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      shared.add(new Row.Round(rounds.get(i).figure(), limits.get(i).together()));
    }
    return List.of(
        Row.of(
            NAME,
            "ZeroMQ to AMQP, verified, durable",
            "/s",
            "the slower of verify and bare amqp-client",
            rounds,
            Goal.atLeast(0.8)),
        Row.of(
            NAME,
            "the same",
            "/s",
            "verify, then bare amqp-client, on the same cores",
            shared,
            null));
  }

  /** What verifying alone and publishing alone reach, in messages a second. */
  private record Limits(double verified, double confirmed) {

    double slower() {
      return Math.min(verified, confirmed);
    }

    /** What both together reach on a machine that each of them fills. */
    double together() {
      return 1 / (1 / verified + 1 / confirmed);
    }
  }

  private static Path signed(Lab lab, int count) throws IOException {
    lab.say(NAME + ": signing messages");
    Path file = lab.newFolder("frames").resolve("signed");
    FrameFile.write(file, SampleMessages.signed(count, lab.keys().signer(CryptoProvider.FAST)));
    return file;
  }

  /** Writes the configuration of a bridge that follows one publisher, or none. */
  private static Path folder(Lab lab, String address) throws IOException {
    Path folder = lab.newFolder("bridge");
    Path endpoints = Files.createDirectory(folder.resolve(MeasuredNode.ENDPOINTS));
    Files.writeString(
        endpoints.resolve("bench.yaml"),
        address.isEmpty() ? "endpoints: {}\n" : "endpoints: {sender: \"" + address + "\"}\n");
    Files.writeString(
        folder.resolve("peal.yaml"),
        """
        node: {name: peal.bench, parts: [bridge]}
        bridge:
          directions: [to-amqp]
          to-amqp: {exchange: %s, alone: true}
        amqp: {amqp-url: "%s"}
        crypto: {ca: %3$s/ca.crt, crl: %3$s/crl.pem}
        endpoints: {directory: %4$s}
        zmq: {high-water-mark: 100000}
        store: {path: %5$s}
        status: {address: none}
        """
            .formatted(
                BareAmqp.NAME,
                lab.broker(),
                lab.keys().folder(),
                endpoints,
                folder.resolve("store.db")));
    return folder;
  }
}
