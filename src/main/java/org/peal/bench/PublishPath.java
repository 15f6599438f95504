package org.peal.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.peal.bench.Row.Goal;
import org.peal.crypto.KeyKind;

/** From the call that publishes to the answer that it is done, or to a subscriber. */
final class PublishPath implements BenchPath {

  private static final String NAME = "publish";
  private static final String SIGNED_NAME = "publish-signed";
  private static final String COMMIT = "SQLite group commit";
  private static final int SIGNED = 10_000;
  private static final int UNSIGNED = 100_000;

  private static final String JDK_ONLY = "-Dpeal.crypto.provider=jdk";

  private final boolean isSigned;

  private PublishPath(boolean isSigned) {
    this.isSigned = isSigned;
  }

  static PublishPath signed() {
    return new PublishPath(true);
  }

  static PublishPath unsigned() {
    return new PublishPath(false);
  }

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    return isSigned ? signedRows(lab) : unsignedRows(lab);
  }

  private static List<Row> signedRows(Lab lab) throws IOException {
    List<Row> rows = new ArrayList<>();
    rows.add(signed(lab, true, "durable", "", Goal.atLeast(0.87)));
    lab.dismiss();
    rows.add(signed(lab, true, "durable, signed by the JDK", JDK_ONLY, Goal.atLeast(0.93)));
    lab.dismiss();
    rows.add(signed(lab, false, "not durable", "", null));
    return rows;
  }

  private static List<Row> unsignedRows(Lab lab) throws IOException {
    List<Row> rows = new ArrayList<>();
    rows.add(durable(lab));
    lab.dismiss();
    rows.add(submitted(lab));
    lab.dismiss();
    rows.add(delivered(lab));
    return rows;
  }

  private static Row signed(
      Lab lab, boolean isDurable, String what, String javaOptions, @Nullable Goal goal)
      throws IOException {
    lab.say(SIGNED_NAME + ": " + what);
    Worker node = NodeFolder.create(lab, isDurable, true).start(lab, javaOptions);
    Worker limits = limits(lab, javaOptions);
    int count = lab.effort().count(SIGNED);
    return Row.of(
        SIGNED_NAME,
        lab.named(what),
        "/s",
        lab.kind().title() + " on all cores",
        warmRounds(lab, asked(node, "publish", count), asked(limits, "sign", count)),
        lab.kind() == KeyKind.RSA ? goal : null);
  }

  private static Row durable(Lab lab) throws IOException {
    lab.say(NAME + ": durable");
    Worker node = NodeFolder.create(lab, true, false).start(lab, "");
    Worker limits = limits(lab, "");
    int count = lab.effort().count(UNSIGNED);
    return Row.of(
        NAME,
        "durable",
        "/s",
        COMMIT,
        warmRounds(lab, asked(node, "publish", count), asked(limits, "commit", count)),
        Goal.atLeast(0.8));
  }

  private static Row submitted(Lab lab) throws IOException {
    lab.say(NAME + ": durable, from another process through the node's socket");
    NodeFolder folder = NodeFolder.create(lab, true, false);
    folder.start(lab, "");
    Worker submitter =
        lab.start("submitter", Lab.terms().put("socket", folder.socket().toString()));
    Worker limits = limits(lab, "");
    int count = lab.effort().count(UNSIGNED);
    return Row.of(
        NAME,
        "durable, through the socket",
        "/s",
        COMMIT,
        warmRounds(lab, asked(submitter, "publish", count), asked(limits, "commit", count)),
        null);
  }

  private static Row delivered(Lab lab) throws IOException {
    lab.say(NAME + ": neither signed nor durable, to a subscriber");
    Worker node = NodeFolder.create(lab, false, false).start(lab, "");
    Worker receiver = PealPeers.receiver(lab, node.said("publisher"));
    receiver.ask(Lab.order("connected"));
    Worker sender = PealPeers.bareSender(lab, lab.unsigned());
    Worker bare = PealPeers.bareReceiver(lab, sender.said("address"));
    sender.ask(Lab.order("await", 1));
    int count = lab.effort().count(UNSIGNED);
    Flow.warmUp(node, "publish", receiver, count);
    Flow.warmUp(sender, "send", bare, count);
    return Row.of(
        NAME,
        "not durable, to a subscriber",
        "/s",
        "bare JeroMQ PUB-SUB",
        lab.rounds(
            () -> Flow.rate(node, "publish", receiver, count),
            () -> Flow.rate(sender, "send", bare, count)),
        Goal.atLeast(0.8));
  }

  private static Worker limits(Lab lab, String javaOptions) throws IOException {
    return PealPeers.limits(lab, javaOptions);
  }

  private static List<Row.Round> warmRounds(Lab lab, DoubleSupplier ours, DoubleSupplier limit) {
    Flow.warmUp(ours);
    Flow.warmUp(limit);
    return lab.rounds(ours, limit);
  }

  private static DoubleSupplier asked(Worker worker, String what, int count) {
    return () -> Flow.rate(worker.ask(Lab.order(what, count)));
  }
}
