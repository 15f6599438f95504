package org.peal.node.submit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.bus.Draft;

/**
 * Hands drafts to the node of this host, many at a time, and tells what it says of each.
 * Thread-safe.
 */
public final class SubmitClient implements AutoCloseable {

  /** As many as a node reads before it has answered the first. */
  private static final int UNANSWERED = 512;

  private static final int BUFFER = 1 << 16;

  /** An answer is short; more is not an answer. */
  private static final int LONGEST_ANSWER = 1 << 20;

  private final SocketChannel channel;
  private final Semaphore room = new Semaphore(UNANSWERED);
  private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
  private final Thread reader = Threads.daemon("peal-submit-answers", this::read);
  private volatile @Nullable IOException lost;
  private long last;

  private SubmitClient(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Connects to the socket of a node.
   *
   * @throws IOException if no node listens there, or this user may not use it
   */
  public static SubmitClient connect(Path socket) throws IOException {
    SubmitClient client = new SubmitClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    client.reader.start();
    return client;
  }

  /**
   * Hands over a draft; waits while too many are unanswered.
   *
   * @return completed with the answer, on the thread that reads answers; completed with an {@link
   *     IOException} when the connection was lost before, and then nobody knows whether the draft
   *     was accepted: the same draft with the same id may be handed over again
   */
  public CompletionStage<Answer> submit(Draft draft) throws InterruptedException {
    room.acquire();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    answer.whenComplete((said, failure) -> room.release());
    send(draft, answer);
    return answer;
  }

  private synchronized void send(Draft draft, CompletableFuture<Answer> answer) {
    long number = ++last;
    open.put(number, answer);
    byte[] line = new Submission(number, draft).toLine();
    ByteBuffer buffer = ByteBuffer.allocate(line.length + 1);
    buffer.put(line).put((byte) '\n').flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      lose(e);
    }
    // The other thread may have seen the end before this answer was among the open ones.
    IOException end = lost;
    if (end != null) {
      lose(end);
    }
  }

  private void read() {
    Lines lines = new Lines(LONGEST_ANSWER);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (channel.read(buffer.clear()) >= 0) {
        lines.add(buffer.flip());
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
          take(Answer.read(line));
        }
        if (lines.isTooLong()) {
          throw new IOException("the node sent something that is no answer");
        }
      }
      lose(new IOException("the node closed the connection"));
    } catch (IOException e) {
      lose(e);
    } catch (MalformedDraftException e) {
      lose(new IOException(e.getMessage(), e));
    }
  }

  private void take(Answer answer) {
    CompletableFuture<Answer> asked = open.remove(answer.number());
    if (asked != null) {
      asked.complete(answer);
    }
  }

  private void lose(IOException cause) {
    lost = cause;
    for (Long number : List.copyOf(open.keySet())) {
      CompletableFuture<Answer> asked = open.remove(number);
      if (asked != null) {
        asked.completeExceptionally(cause);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      lose(e);
    }
    lose(new InterruptedIOException("the connection was closed here"));
  }
}
