package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A bare JeroMQ publisher that waits for its readers instead of dropping. It sends payloads of a
 * file over and over.
 */
final class BareSender implements Role {

  /** Messages that one reader may be behind. */
  static final int HIGH_WATER_MARK = 10_000;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket socket = context.createSocket(SocketType.XPUB);
  private final List<byte[]> payloads;
  private final byte[] topic = SampleMessages.topicFrame();
  private final String address;
  private int subscriptions;

  /** Takes {@code frames}, a file, and either {@code bind} or {@code connect}. */
  BareSender(JsonNode terms) throws IOException {
    payloads = FrameFile.read(Path.of(terms.path("frames").textValue()));
    socket.setHWM(HIGH_WATER_MARK);
    socket.setXpubNoDrop(true);
    socket.setLinger(0);
    socket.setReceiveTimeOut((int) Lab.PATIENCE.toMillis());
    socket.setSendTimeOut((int) Lab.PATIENCE.toMillis());
    if (terms.has("connect")) {
      address = terms.path("connect").textValue();
      BareLink.connect(context, socket, address, Lab.PATIENCE);
    } else {
      socket.bind(terms.path("bind").textValue());
      address = socket.getLastEndpoint();
    }
  }

  @Override
  public ObjectNode greeting() {
    return Answers.address(address);
  }

  @Override
  public ObjectNode carryOut(JsonNode order) {
    int count = order.path("count").intValue();
    return switch (order.path("do").asText()) {
      case "await" -> awaitSubscriptions(count);
      case "send" -> send(order.path("from").intValue(), count);
      case "pace" -> pace(count, order.path("rate").intValue());
      default -> throw Answers.unknown(order);
    };
  }

  private ObjectNode awaitSubscriptions(int count) {
    while (subscriptions < count) {
      byte[] frame = socket.recv();
      if (frame == null) {
        throw new BenchException(
            "of %d readers only %d have subscribed".formatted(count, subscriptions));
      }
      subscriptions += frame.length > 0 && frame[0] == 1 ? 1 : 0;
    }
    return Answers.done();
  }

  private ObjectNode send(int from, int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      send(payloads.get((from + i) % payloads.size()));
    }
    return Answers.took(count, System.nanoTime() - start);
  }

  private void send(byte[] payload) {
    if (!socket.send(topic, ZMQ.SNDMORE)) {
      throw new BenchException(
          "a reader has read nothing for %d s".formatted(Lab.PATIENCE.toSeconds()));
    }
    socket.send(payload, 0);
  }

  /** Sends at a steady rate; each payload begins with the moment of its sending. */
  private ObjectNode pace(int count, int rate) {
    Pace pace = new Pace(rate);
    for (int i = 0; i < count; i++) {
      pace.await();
      byte[] payload = payloads.get(i % payloads.size()).clone();
      ByteBuffer.wrap(payload).putLong(System.nanoTime());
      send(payload);
    }
    return Answers.done();
  }

  @Override
  public void close() {
    context.close();
  }
}
