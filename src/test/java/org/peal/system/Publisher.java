package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.crypto.x509.OwnKeyPair;
import org.peal.crypto.x509.X509Signer;
import org.peal.json.CanonicalJson;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A publisher of the test's own, which can send what {@code peal} never would. For one thread. */
final class Publisher implements AutoCloseable {

  private static final int PATIENCE = 60_000;

  private final ZContext context = new ZContext(1);
  private final ZMQ.Socket socket = context.createSocket(SocketType.XPUB);
  private String address = "";
  private int subscriptions;

  private Publisher() {
    socket.setXpubVerbose(true);
    socket.setHWM(0);
    socket.setLinger(1000);
    socket.setReceiveTimeOut(PATIENCE);
  }

  /** Returns one that others connect to. */
  static Publisher bound() {
    Publisher publisher = new Publisher();
    publisher.address =
        "tcp://127.0.0.1:" + publisher.socket.bindToRandomPort("tcp://127.0.0.1", 20_000, 60_000);
    return publisher;
  }

  /** Returns one that is connected to a relay, which listens to it already. */
  static Publisher connected(String address) {
    Publisher publisher = new Publisher();
    publisher.address = address;
    publisher.socket.connect(address);
    publisher.awaitSubscriptions(1);
    return publisher;
  }

  String address() {
    return address;
  }

  /** Returns a reader that is connected to an address. */
  static Reader reader(String address) {
    return new Reader(address);
  }

  /** Reads what is published, as bytes. For one thread. */
  static final class Reader implements AutoCloseable {
    private final ZContext context = new ZContext(1);
    private final ZMQ.Socket socket = context.createSocket(SocketType.SUB);

    private Reader(String address) {
      socket.setReceiveTimeOut(200);
      socket.connect(address);
      socket.subscribe("");
    }

    /** Sends again and again until a message of the topic comes, and returns its payload. */
    String next(String topic, Runnable send) {
      long end = System.nanoTime() + PATIENCE * 1_000_000L;
      while (System.nanoTime() < end) {
        send.run();
        byte[] frame = socket.recv();
        if (frame != null && topic.equals(new String(frame, StandardCharsets.UTF_8))) {
          return new String(socket.recv(), StandardCharsets.UTF_8);
        }
      }
      throw new AssertionError("nothing came");
    }

    @Override
    public void close() {
      context.close();
    }
  }

  /** Waits until there were that many subscriptions in all. */
  void awaitSubscriptions(int count) {
    while (subscriptions < count) {
      byte[] frame = socket.recv();
      assertThat(frame).as("subscription %d of %d", subscriptions + 1, count).isNotNull();
      subscriptions += frame[0] == 1 ? 1 : 0;
    }
  }

  void send(String topic, byte[] payload) {
    socket.sendMore(topic.getBytes(StandardCharsets.UTF_8));
    socket.send(payload);
  }

  void send(String topic, String payload) {
    send(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends frames of any number. */
  void sendFrames(String... frames) {
    for (int i = 0; i < frames.length; i++) {
      socket.send(
          frames[i].getBytes(StandardCharsets.UTF_8), i < frames.length - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  /** Sends a message that was signed with a key pair. */
  void sendSigned(KeyPairFiles files, String topic, String text) {
    send(topic, signed(files, topic, text));
  }

  /** Returns the payload of a signed message. */
  static byte[] signed(KeyPairFiles files, String topic, String text) {
    OwnKeyPair pair = files.load();
    return CanonicalJson.write(new X509Signer(() -> pair).sign(message(topic, text)));
  }

  /** Returns an unsigned message. */
  static ObjectNode message(String topic, String text) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode message = json.objectNode();
    message.put("topic", topic).put("i", 1).put("timestamp", 1_700_000_000);
    message.put("username", "tester").put("msg_id", "2023-00000000-0000-4000-8000-000000000000");
    message.putObject("msg").put("log", text);
    return message;
  }

  @Override
  public void close() {
    context.close();
  }
}
