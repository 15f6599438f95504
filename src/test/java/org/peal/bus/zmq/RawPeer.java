package org.peal.bus.zmq;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.peal.endpoint.Endpoint;

/** A ZMTP peer made by hand from a plain socket, which can be as rude as a test wants. */
final class RawPeer implements AutoCloseable {
  static final int MORE = 1;
  static final int LARGE = 2;
  static final int COMMAND = 4;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Connects without saying anything. */
  static RawPeer connect(Endpoint address) throws IOException {
    return new RawPeer(new Socket(address.host(), address.port()));
  }

  /** Connects and shakes hands as a socket of {@code type}. */
  static RawPeer connect(Endpoint address, String type) throws IOException {
    RawPeer peer = connect(address);
    peer.shakeHands(type);
    return peer;
  }

  /** Connects and shakes hands as ZMTP 2.0 does; {@code type} is 1 for PUB, 2 for SUB. */
  static RawPeer connectOld(Endpoint address, int type) throws IOException {
    RawPeer peer = connect(address);
    peer.shakeHandsOld(type);
    return peer;
  }

  /** Does the same for one that connects. */
  static RawPeer acceptOld(ServerSocket server, int type) throws IOException {
    RawPeer peer = new RawPeer(server.accept());
    peer.shakeHandsOld(type);
    return peer;
  }

  private void shakeHandsOld(int type) throws IOException {
    ByteBuffer greeting = ByteBuffer.allocate(14);
    greeting.put((byte) 0xff).putLong(1).put((byte) 0x7f).put((byte) 1).put((byte) type);
    out.write(greeting.array());
    in.readFully(new byte[12]);
    readFrame();
  }

  static RawPeer accept(ServerSocket server, String type) throws IOException {
    RawPeer peer = new RawPeer(server.accept());
    peer.shakeHands(type);
    return peer;
  }

  void greet() throws IOException {
    ByteBuffer greeting = ByteBuffer.allocate(64);
    greeting.put((byte) 0xff).putLong(1).put((byte) 0x7f).put((byte) 3).put((byte) 0);
    greeting.put("NULL".getBytes(StandardCharsets.US_ASCII));
    out.write(greeting.array());
    out.flush();
  }

  private void shakeHands(String type) throws IOException {
    greet();
    in.readFully(new byte[64]);
    ByteBuffer ready = ByteBuffer.allocate(6 + 12 + 4 + type.length());
    ready.put((byte) 5).put("READY".getBytes(StandardCharsets.US_ASCII));
    ready.put((byte) 11).put("Socket-Type".getBytes(StandardCharsets.US_ASCII));
    ready.putInt(type.length()).put(type.getBytes(StandardCharsets.US_ASCII));
    frame(COMMAND, ready.array());
    readFrame();
  }

  RawPeer raw(byte... bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  RawPeer frame(int flags, byte[] data) throws IOException {
    boolean large = data.length > 255;
    ByteBuffer header = ByteBuffer.allocate(large ? 9 : 2);
    header.put((byte) (flags | (large ? LARGE : 0)));
    if (large) {
      header.putLong(data.length);
    } else {
      header.put((byte) data.length);
    }
    out.write(header.array());
    out.write(data);
    return this;
  }

  RawPeer message(String topic, String payload) throws IOException {
    frame(MORE, Bytes.utf8(topic));
    return frame(0, Bytes.utf8(payload));
  }

  /** Announces a frame of {@code length} bytes without sending any. */
  RawPeer announce(long length) throws IOException {
    out.write(ByteBuffer.allocate(9).put((byte) LARGE).putLong(length).array());
    return this;
  }

  RawPeer subscribe(String prefix) throws IOException {
    return frame(0, Bytes.utf8("\u0001" + prefix));
  }

  /** Returns how many bytes can be read at once. */
  int waiting() throws IOException {
    return in.available();
  }

  /** Returns the next frame's data; its first byte in front tells the flags. */
  byte[] readFrame() throws IOException {
    int flags = in.readUnsignedByte();
    int length = (flags & LARGE) == 0 ? in.readUnsignedByte() : (int) in.readLong();
    byte[] data = new byte[length];
    in.readFully(data);
    return ByteBuffer.allocate(length + 1).put((byte) flags).put(data).array();
  }

  /** Returns whether the other side ends the connection before the read limit. */
  boolean isDropped() {
    try {
      while (in.read() >= 0) {
        continue;
      }
      return true;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes {@code chunk} again and again; returns how many bytes went before being thrown out. */
  long flood(byte[] chunk, long most) {
    long written = 0;
    try {
      while (written < most) {
        out.write(chunk);
        written += chunk.length;
      }
    } catch (IOException e) {
      return written;
    }
    return written;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
