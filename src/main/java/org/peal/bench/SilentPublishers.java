package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Many publishers that take subscriptions and never say anything: one socket, many addresses. */
final class SilentPublishers implements Role {

  private final ZContext context = new ZContext();
  private final ObjectNode greeting = Answers.done();

  /** Takes {@code count}. */
  SilentPublishers(JsonNode terms) {
    ZMQ.Socket socket = context.createSocket(SocketType.PUB);
    ArrayNode addresses = greeting.putArray("addresses");
    for (int i = 0; i < terms.path("count").intValue(); i++) {
      socket.bind("tcp://127.0.0.1:*");
      addresses.add(socket.getLastEndpoint());
    }
  }

  @Override
  public ObjectNode greeting() {
    return greeting;
  }

  @Override
  public ObjectNode carryOut(JsonNode order) {
    throw Answers.unknown(order);
  }

  @Override
  public void close() {
    context.close();
  }
}
