package org.peal.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.peal.bench.Row.Goal;

/** From a publisher to a subscriber that verifies. */
final class SubscribePath implements BenchPath {

  private static final String NAME = "subscribe";
  private static final int COUNT = 100_000;

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    List<Row> rows = new ArrayList<>();
    int count = lab.effort().count(COUNT);
    lab.say(NAME + ": verified");
    Worker oursFrom = PealPeers.bareSender(lab, lab.signed());
    Worker ours = PealPeers.verifyingReceiver(lab, oursFrom.said("address"));
    Worker bareFrom = PealPeers.bareSender(lab, lab.signed());
    Worker bare = PealPeers.bareVerifier(lab, bareFrom.said("address"));
    oursFrom.ask(Lab.order("await", 1));
    bareFrom.ask(Lab.order("await", 1));
    rows.add(
        Row.of(
            NAME,
            lab.named("verified, delivered"),
            "/s",
            "Jackson and " + lab.kind().title() + " on all cores",
            lab.rounds(
                () -> Flow.rate(oursFrom, "send", ours, count),
                () -> Flow.rate(bareFrom, "send", bare, count)),
            Goal.atLeast(0.8)));
    lab.dismiss();
    rows.add(unverified(lab, 2 * count));
    return rows;
  }

  private static Row unverified(Lab lab, int count) throws IOException {
    lab.say(NAME + ": not verified");
    Worker oursFrom = PealPeers.bareSender(lab, lab.unsigned());
    Worker ours = PealPeers.receiver(lab, oursFrom.said("address"));
    Worker bareFrom = PealPeers.bareSender(lab, lab.unsigned());
    Worker bare = PealPeers.bareReceiver(lab, bareFrom.said("address"));
    oursFrom.ask(Lab.order("await", 1));
    bareFrom.ask(Lab.order("await", 1));
    Flow.warmUp(oursFrom, "send", ours, count);
    Flow.warmUp(bareFrom, "send", bare, count);
    return Row.of(
        NAME,
        "not verified, parsed, delivered",
        "/s",
        "bare JeroMQ PUB-SUB",
        lab.rounds(
            () -> Flow.rate(oursFrom, "send", ours, count),
            () -> Flow.rate(bareFrom, "send", bare, count)),
        null);
  }
}
