package org.peal.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.peal.bench.Row.Goal;

/** How the cost of a message grows with topic filters and publishers that say nothing. */
final class GrowthPath implements BenchPath {

  private static final String NAME = "growth";
  private static final int COUNT = 100_000;
  private static final int[] SIZES = {10, 100, 1000};
  private static final double FLAT = 0.8;

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int size : SIZES) {
      rows.add(filters(lab, size));
      lab.dismiss();
    }
    for (int size : SIZES) {
      rows.add(idle(lab, size));
      lab.dismiss();
    }
    return rows;
  }

  private static Row filters(Lab lab, int size) throws IOException {
    String what = size + " topic filters";
    lab.say(NAME + ": " + what);
    Worker oneFrom = PealPeers.bareSender(lab, lab.unsigned());
    Worker one = PealPeers.receiver(lab, List.of(oneFrom.said("address")), topics(1));
    Worker manyFrom = PealPeers.bareSender(lab, lab.unsigned());
    Worker many = PealPeers.receiver(lab, List.of(manyFrom.said("address")), topics(size));
    return row(lab, what, "1 topic filter", manyFrom, many, oneFrom, one);
  }

  /** Returns prefixes of which the last matches. */
  private static List<String> topics(int size) {
    List<String> topics = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      topics.add("org.fedoraproject.dev.service" + i);
    }
    topics.add(SampleMessages.TOPIC.value());
    return topics;
  }

  private static Row idle(Lab lab, int size) throws IOException {
    String what = (size - 1) + " idle publishers beside";
    lab.say(NAME + ": " + what);
    Worker oneFrom = PealPeers.bareSender(lab, lab.unsigned());
    Worker one = PealPeers.receiver(lab, oneFrom.said("address"));
    Worker manyFrom = PealPeers.bareSender(lab, lab.unsigned());
    Worker silent = lab.start("silent", Lab.terms().put("count", size - 1));
    List<String> addresses = new ArrayList<>(List.of(manyFrom.said("address")));
    silent.said().path("addresses").forEach(address -> addresses.add(address.textValue()));
    Worker many = PealPeers.receiver(lab, addresses, List.of());
    return row(lab, what, "1 publisher", manyFrom, many, oneFrom, one);
  }

  private static Row row(
      Lab lab,
      String what,
      String limit,
      Worker manyFrom,
      Worker many,
      Worker oneFrom,
      Worker one) {
    one.ask(Lab.order("connected"));
    many.ask(Lab.order("connected"));
    oneFrom.ask(Lab.order("await", 1));
    manyFrom.ask(Lab.order("await", 1));
    int count = lab.effort().count(COUNT);
    lab.say(NAME + ": warming up for " + what);
    Flow.warmUp(manyFrom, "send", many, count);
    Flow.warmUp(oneFrom, "send", one, count);
    return Row.of(
        NAME,
        what,
        "/s",
        limit,
        lab.rounds(
            () -> Flow.rate(manyFrom, "send", many, count),
            () -> Flow.rate(oneFrom, "send", one, count)),
        Goal.atLeast(FLAT));
  }
}
