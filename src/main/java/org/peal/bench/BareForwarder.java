package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peal.Threads;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** The shortest loop that passes messages from an XSUB to an XPUB: the limit of a relay. */
final class BareForwarder implements Role {

  private static final int HIGH_WATER_MARK = 100_000;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket in = context.createSocket(SocketType.XSUB);
  private final ZMQ.Socket out = context.createSocket(SocketType.XPUB);
  private final ObjectNode greeting = Answers.done();

  /** Messages that came in and were passed on, as of the last time when no more were there. */
  private volatile long passed;

  /** Takes {@code connect}, or binds. */
  BareForwarder(JsonNode terms) {
    in.setHWM(HIGH_WATER_MARK);
    out.setHWM(HIGH_WATER_MARK);
    if (terms.has("connect")) {
      BareLink.connect(context, in, terms.path("connect").textValue(), Lab.PATIENCE);
    } else {
      in.bind("tcp://127.0.0.1:*");
      greeting.put("in", in.getLastEndpoint());
    }
    out.bind("tcp://127.0.0.1:*");
    greeting.put("out", out.getLastEndpoint());
    Threads.daemon("bare-forwarder", this::loop).start();
  }

  private void loop() {
    in.send(new byte[] {1});
    ZMQ.Poller poller = context.createPoller(2);
    poller.register(in, ZMQ.Poller.POLLIN);
    poller.register(out, ZMQ.Poller.POLLIN);
    long count = 0;
    try {
      while (poller.poll() >= 0) {
        for (byte[] part = in.recv(ZMQ.DONTWAIT); part != null; part = in.recv(ZMQ.DONTWAIT)) {
          boolean isLast = !in.hasReceiveMore();
          out.send(part, isLast ? 0 : ZMQ.SNDMORE);
          count += isLast ? 1 : 0;
        }
        passed = count;
        // Everything is subscribed to already.
        while (out.recv(ZMQ.DONTWAIT) != null) {}
      }
    } catch (ZMQException e) {
      // The context was closed.
      return;
    }
  }

  @Override
  public ObjectNode greeting() {
    return greeting;
  }

  @Override
  public ObjectNode carryOut(JsonNode order) {
    if (!order.path("do").asText().equals("status")) {
      throw Answers.unknown(order);
    }
    return Answers.done()
        .put(
            "status",
            "received %d, dropped without counting for a reader that was %d behind"
                .formatted(passed, HIGH_WATER_MARK));
  }

  @Override
  public void close() {
    // The process ends, and the sockets belong to the other thread.
  }
}
