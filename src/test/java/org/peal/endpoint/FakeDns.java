package org.peal.endpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.peal.Threads;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.WireParseException;

/** A name server that says whatever a test wants, by UDP and TCP. */
final class FakeDns implements AutoCloseable {

  /** Makes the bytes of a response; none for no response. */
  interface Script {
    byte[] respond(Message query, boolean overTcp) throws IOException;
  }

  final AtomicInteger questions = new AtomicInteger();
  volatile Script script = (query, tcp) -> reply(query).toWire();
  private final DatagramSocket udp;
  private final ServerSocket tcp;

  FakeDns() {
    try {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      tcp = new ServerSocket(0, 10, loopback);
      udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.daemon("fake-dns-udp", this::serveUdp).start();
    Threads.daemon("fake-dns-tcp", this::serveTcp).start();
  }

  DnsServer server() {
    return new DnsServer("127.0.0.1", tcp.getLocalPort());
  }

  /** Returns an empty response to a query. */
  static Message reply(Message query) {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    return reply;
  }

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Answers every question with these records. */
  void answer(Record... records) {
    script =
        (query, overTcp) -> {
          Message reply = reply(query);
          for (Record record : records) {
            reply.addRecord(record, Section.ANSWER);
          }
          return reply.toWire();
        };
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] query = java.util.Arrays.copyOf(buffer, packet.getLength());
        byte[] answer = respond(query, false);
        if (answer.length > 0) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // The end, or a question that is none.
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = respond(in.readNBytes(in.readUnsignedShort()), true);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
        out.flush();
      } catch (IOException e) {
        // The end, or a client that went away.
      }
    }
  }

  private byte[] respond(byte[] query, boolean overTcp) throws IOException, WireParseException {
    questions.incrementAndGet();
    return script.respond(new Message(query), overTcp);
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
