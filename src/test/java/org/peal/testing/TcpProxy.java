package org.peal.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP link of the loopback interface that a test can make bad, at random and as its seed says.
 * Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

  /** What is wrong with the link. */
  public enum Trouble {
    /** Nothing. */
    NONE,
    /** Connections break, and new ones too. */
    CUT,
    /** All takes up to 400 ms longer. */
    DELAY,
    /** At most about 64 KiB a second pass in each direction. */
    THROTTLE,
    /**
     * What comes is swallowed and nothing is closed. Connections of this time stay dead, as when a
     * router has forgotten them; those that are made afterwards are sound.
     */
    HALF_OPEN,
    /** In about every fourth chunk one bit is changed. */
    CORRUPT
  }

  private static final int CHUNK = 8192;
  private static final int SLOW_CHUNK = 1024;
  private static final int SLOW_CHUNKS_A_SECOND = 64;
  private static final long MILLISECOND = 1_000_000;
  private static final int MOST_DELAY = 400;
  private static final int ONE_IN = 4;

  private final int target;
  private final Random random;
  private final ServerSocket server;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong changedBits = new AtomicLong();
  private final AtomicLong swallowed = new AtomicLong();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile Trouble trouble = Trouble.NONE;

  /** Starts a proxy on a free port that leads to another port. */
  public TcpProxy(int target, long seed) {
    this.target = target;
    this.random = new Random(seed);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::acceptAll);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the port that stands for the target. */
  public int port() {
    return server.getLocalPort();
  }

  /** Makes the link bad, or good again. */
  public void set(Trouble next) {
    trouble = next;
    if (next == Trouble.CUT) {
      connections.forEach(Connection::close);
    } else if (next == Trouble.HALF_OPEN) {
      connections.forEach(connection -> connection.isDead = true);
    }
  }

  /** Returns how many bits were changed. */
  public long changedBits() {
    return changedBits.get();
  }

  /** Returns how many bytes were swallowed. */
  public long swallowed() {
    return swallowed.get();
  }

  /** Returns how many connections were made to the target. */
  public int opened() {
    return opened.get();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        accept(server.accept());
      } catch (IOException e) {
        // Closed, or no descriptor is left; the test will see that nothing comes through.
        LockSupport.parkNanos(MILLISECOND);
      }
    }
  }

  private void accept(Socket client) {
    Connection connection = new Connection(client);
    connections.add(connection);
    if (trouble == Trouble.CUT) {
      connection.close();
    } else if (trouble == Trouble.HALF_OPEN) {
      connection.isDead = true;
    } else {
      daemon(connection::connect);
    }
  }

  private int random(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  /** Ends all connections and listens no more. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(Connection::close);
  }

  /** One client and its way to the target. */
  private final class Connection {
    private final Socket client;
    private final Socket upstream = new Socket();
    private volatile boolean isDead;

    Connection(Socket client) {
      this.client = client;
    }

    void connect() {
      try {
        upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        opened.incrementAndGet();
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        daemon(() -> pump(upstream, client));
        pump(client, upstream);
      } catch (IOException e) {
        end();
      }
    }

    private void pump(Socket from, Socket to) {
      byte[] buffer = new byte[CHUNK];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          pass(buffer, length, out);
        }
      } catch (IOException e) {
        // The other direction ends as well.
      }
      end();
    }

    private void pass(byte[] buffer, int length, OutputStream out) throws IOException {
      Trouble now = trouble;
      if (isDead) {
        swallowed.addAndGet(length);
        return;
      }
      if (now == Trouble.THROTTLE) {
        slowly(buffer, length, out);
        return;
      }
      if (now == Trouble.DELAY) {
        LockSupport.parkNanos(random(MOST_DELAY) * MILLISECOND);
      } else if (now == Trouble.CORRUPT && random(ONE_IN) == 0) {
        buffer[random(length)] ^= (byte) (1 << random(Byte.SIZE));
        changedBits.incrementAndGet();
      }
      out.write(buffer, 0, length);
    }

    private void slowly(byte[] buffer, int length, OutputStream out) throws IOException {
      for (int from = 0; from < length && !isDead; from += SLOW_CHUNK) {
        out.write(buffer, from, Math.min(SLOW_CHUNK, length - from));
        LockSupport.parkNanos(1000 * MILLISECOND / SLOW_CHUNKS_A_SECOND);
      }
    }

    /** Ends what one side has ended, unless the link hides that. */
    private void end() {
      if (!isDead) {
        close();
      }
    }

    void close() {
      connections.remove(this);
      for (Socket socket : new Socket[] {client, upstream}) {
        try {
          socket.close();
        } catch (IOException e) {
          // It is of no use in any case.
        }
      }
    }
  }
}
