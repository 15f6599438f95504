package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Many subscribers that cost next to nothing: they speak just enough of ZMTP 3.0 to subscribe, and
 * then only count bytes.
 */
final class WireSubscribers implements Role {

  private static final int GREETING = 64;
  private static final int BUFFER = 1 << 18;
  private static final byte[] READY =
      "\4\31\5READY\13Socket-Type\0\0\0\3SUB".getBytes(StandardCharsets.ISO_8859_1);

  private final Selector selector = Selector.open();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  /** Takes {@code connect} and {@code count}. */
  WireSubscribers(JsonNode terms) throws IOException {
    URI address = URI.create(terms.path("connect").textValue());
    for (int i = 0; i < terms.path("count").intValue(); i++) {
      channels.add(subscribe(new InetSocketAddress(address.getHost(), address.getPort())));
    }
    for (SocketChannel channel : channels) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    }
  }

  private static SocketChannel subscribe(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    ByteBuffer greeting = ByteBuffer.allocate(GREETING);
    greeting.put((byte) 0xff).position(9);
    greeting.put((byte) 0x7f).put((byte) 3).put((byte) 0);
    greeting.put("NULL".getBytes(StandardCharsets.ISO_8859_1)).clear();
    write(channel, greeting);
    read(channel, GREETING);
    write(channel, ByteBuffer.wrap(READY));
    ByteBuffer command = read(channel, 2);
    read(channel, Byte.toUnsignedInt(command.get(1)));
    // A message of one byte: subscribe to everything.
    write(channel, ByteBuffer.wrap(new byte[] {0, 1, 1}));
    return channel;
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer read(SocketChannel channel, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("the publisher closed the connection");
      }
    }
    return bytes;
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws IOException {
    return switch (order.path("do").asText()) {
      case "arm" -> Answers.done();
      case "result" -> drain(order.path("bytes").longValue() * channels.size());
      default -> throw Answers.unknown(order);
    };
  }

  /** Reads until so many bytes have come, or no more come. */
  private ObjectNode drain(long expected) throws IOException {
    long start = 0;
    long end = System.nanoTime();
    long count = 0;
    while (count < expected && selector.select(Tally.SILENCE.toMillis()) > 0) {
      start = start == 0 ? System.nanoTime() : start;
      for (SelectionKey key : selector.selectedKeys()) {
        buffer.clear();
        int read = ((SocketChannel) key.channel()).read(buffer);
        if (read < 0) {
          // A channel at its end is always ready: the loop would never be done.
          throw new IOException("the publisher closed the connection");
        }
        count += read;
      }
      selector.selectedKeys().clear();
      end = System.nanoTime();
    }
    return Answers.took(count, end - start);
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
