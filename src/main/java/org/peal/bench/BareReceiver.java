package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import org.peal.Deadline;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A bare JeroMQ subscriber that counts. */
final class BareReceiver implements Role {

  private static final int STRAY_MILLIS = 20;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket socket = context.createSocket(SocketType.SUB);
  private final Tally tally = new Tally();

  /** Takes {@code connect}. */
  BareReceiver(JsonNode terms) {
    socket.setHWM(BareSender.HIGH_WATER_MARK);
    socket.setLinger(0);
    socket.setReceiveTimeOut((int) Tally.SILENCE.toMillis());
    BareLink.connect(context, socket, terms.path("connect").textValue(), Lab.PATIENCE);
    socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws InterruptedException {
    int count = order.path("count").intValue();
    return switch (order.path("do").asText()) {
      case "connected" -> awaitFirst();
      case "arm" -> {
        drain();
        tally.arm(count);
        yield Answers.done();
      }
      case "result" -> receive(count, order.path("stamped").asBoolean());
      default -> throw Answers.unknown(order);
    };
  }

  /** Waits until anything comes, which proves the connection. */
  private ObjectNode awaitFirst() {
    Deadline deadline = Deadline.after(Lab.PATIENCE);
    while (socket.recv() == null) {
      if (deadline.left().isZero()) {
        throw new BenchException("nothing has come in " + Lab.PATIENCE.toSeconds() + " s");
      }
    }
    return Answers.done();
  }

  /** Throws away what proved the connection. */
  private void drain() {
    socket.setReceiveTimeOut(STRAY_MILLIS);
    while (socket.recv() != null) {}
    socket.setReceiveTimeOut((int) Tally.SILENCE.toMillis());
  }

  private ObjectNode receive(int count, boolean isStamped) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      if (socket.recv() == null) {
        break;
      }
      byte[] payload = socket.recv();
      tally.count(isStamped ? ByteBuffer.wrap(payload).getLong() : 0);
    }
    return tally.result();
  }

  @Override
  public void close() {
    context.close();
  }
}
