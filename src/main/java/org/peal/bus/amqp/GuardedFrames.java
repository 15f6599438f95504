package org.peal.bus.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Passes frames on, but for properties that the library cannot read, such as headers nested deeper
 * than 32 levels. They would end the connection, and the message, given back to its queue, would
 * end the next one too. They are replaced by properties that say so, and the message is refused.
 */
final class GuardedFrames implements FrameHandler {

  /** The header that takes the place of properties that cannot be read; it says why not. */
  static final String UNREADABLE = "peal-unreadable";

  /** Behind the class and the weight of a header frame stands the size of the body. */
  private static final int SIZE_AT = 2 * Short.BYTES;

  /** Whether what this thread sends may wait for what it sends next. */
  private static final ThreadLocal<Boolean> IS_HELD = ThreadLocal.withInitial(() -> false);

  private final FrameHandler frames;

  GuardedFrames(FrameHandler frames) {
    this.frames = frames;
  }

  @Override
  public @Nullable Frame readFrame() throws IOException {
    Frame frame = frames.readFrame();
    if (frame == null || frame.getType() != AMQP.FRAME_HEADER) {
      return frame;
    }
    try (DataInputStream in = frame.getInputStream()) {
      AMQImpl.readContentHeaderFrom(in);
      return frame;
    } catch (IOException | RuntimeException e) {
      return replacement(frame, String.valueOf(e.getMessage()));
    }
  }

  private static Frame replacement(Frame frame, String why) throws IOException {
    byte[] payload = frame.getPayload();
    if (payload.length < SIZE_AT + Long.BYTES) {
      return frame;
    }
    long size = ByteBuffer.wrap(payload).getLong(SIZE_AT);
    return new BasicProperties.Builder()
        .headers(Map.of(UNREADABLE, why))
        .build()
        .toFrame(frame.getChannel(), size);
  }

  @Override
  public boolean internalHearbeat() {
    return frames.internalHearbeat();
  }

  @Override
  public void setTimeout(int millis) throws SocketException {
    frames.setTimeout(millis);
  }

  @Override
  public int getTimeout() throws SocketException {
    return frames.getTimeout();
  }

  @Override
  public void sendHeader() throws IOException {
    frames.sendHeader();
  }

  @Override
  public void initialize(AMQConnection connection) {
    frames.initialize(connection);
  }

  @Override
  public void startProcessing() {
    frames.startProcessing();
  }

  @Override
  public void finishConnectionNegotiation() {
    frames.finishConnectionNegotiation();
  }

  @Override
  public void setFrameMax(int bytes) {
    frames.setFrameMax(bytes);
  }

  @Override
  public void writeFrame(Frame frame) throws IOException {
    frames.writeFrame(frame);
  }

  /**
   * Lets what the calling thread sends from now on gather in the buffer of the socket, or not any
   * more. The library would otherwise hand each message to the system on its own. Whoever begins
   * this ends it, and flushes, as soon as nothing follows.
   */
  static void hold(boolean isHeld) {
    IS_HELD.set(isHeld);
  }

  @Override
  public void flush(WriteListener listener) throws IOException {
    if (!IS_HELD.get()) {
      frames.flush(listener);
    }
  }

  @Override
  public void close() {
    frames.close();
  }

  @Override
  public InetAddress getLocalAddress() {
    return frames.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return frames.getLocalPort();
  }

  @Override
  public InetAddress getAddress() {
    return frames.getAddress();
  }

  @Override
  public int getPort() {
    return frames.getPort();
  }
}
