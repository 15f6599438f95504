package org.peal.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.peal.bench.Row.Goal;

/** Through a relay, which publishers connect to, or a gateway, which connects to them. */
final class ForwardPath implements BenchPath {

  private static final int COUNT = 200_000;

  private final String name;
  private final boolean isGateway;

  private ForwardPath(String name, boolean isGateway) {
    this.name = name;
    this.isGateway = isGateway;
  }

  static ForwardPath relay() {
    return new ForwardPath("relay", false);
  }

  static ForwardPath gateway() {
    return new ForwardPath("gateway", true);
  }

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    lab.say(name);
    DoubleSupplier ours = through(lab, "forwarder");
    DoubleSupplier bare = through(lab, "bare-forwarder");
    return List.of(
        Row.of(
            name,
            "forwarded",
            "/s",
            "a loop of 20 lines",
            lab.rounds(ours, bare),
            Goal.atLeast(0.8)));
  }

  private DoubleSupplier through(Lab lab, String role) throws IOException {
    Worker sender;
    Worker forwarder;
    if (isGateway) {
      sender = PealPeers.bareSender(lab, lab.unsigned());
      ObjectNode terms = Lab.terms().put("connect", sender.said("address"));
      forwarder = lab.start(role, terms);
    } else {
      forwarder = lab.start(role, Lab.terms());
      sender = PealPeers.bareSender(lab, lab.unsigned(), forwarder.said("in"));
    }
    Worker receiver = PealPeers.bareReceiver(lab, forwarder.said("out"));
    Flow.connect(sender, receiver);
    int count = lab.effort().count(COUNT);
    return () -> Flow.rateThrough(forwarder, sender, receiver, count);
  }
}
