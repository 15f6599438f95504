package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** What one more subscriber costs: copies a second, with few subscribers and with many. */
final class SubscribersPath implements BenchPath {

  private static final String NAME = "subscribers";
  private static final int[] SIZES = {1, 10, 100, 1000};
  private static final int COPIES = 200_000;

  /** Frames before topic and payload on the wire. */
  private static final int TOPIC_HEADER = 2;

  private static final int PAYLOAD_HEADER = 9;

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int size : SIZES) {
      lab.say(NAME + ": " + size);
      DoubleSupplier ours = copies(lab, "forwarder", size);
      DoubleSupplier bare = copies(lab, "bare-forwarder", size);
      rows.add(
          Row.of(
              NAME,
              size + (size == 1 ? " subscriber" : " subscribers"),
              "copies/s",
              "a loop of 20 lines",
              lab.rounds(ours, bare),
              null));
      lab.dismiss();
    }
    return rows;
  }

  private static DoubleSupplier copies(Lab lab, String role, int size) throws IOException {
    Worker forwarder = lab.start(role, Lab.terms());
    Worker sender = PealPeers.bareSender(lab, lab.equal(), forwarder.said("in"));
    Worker probe = PealPeers.bareReceiver(lab, forwarder.said("out"));
    Flow.connect(sender, probe);
    probe.close();
    Worker subscribers =
        lab.start(
            "wire-subscribers",
            Lab.terms().put("connect", forwarder.said("out")).put("count", size));
    int count = Math.max(50, lab.effort().count(COPIES) / size);
    return () -> rate(sender, subscribers, count, size);
  }

  private static double rate(Worker sender, Worker subscribers, int count, int size) {
    long length =
        (long) TOPIC_HEADER
            + SampleMessages.topicFrame().length
            + PAYLOAD_HEADER
            + Lab.EQUAL_LENGTH;
    subscribers.ask(Lab.order("arm"));
    ObjectNode result = Lab.order("result", count * size).put("bytes", length * count);
    subscribers.tell(result);
    sender.ask(Lab.order("send", count));
    JsonNode answer = subscribers.answer();
    if (answer.path("count").longValue() < length * count * size) {
      throw new BenchException("not all copies arrived: " + answer);
    }
    return count * (double) size * 1e9 / answer.path("nanos").doubleValue();
  }
}
