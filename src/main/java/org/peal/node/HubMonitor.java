package org.peal.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peal.bus.RawMessage;
import org.peal.bus.zmq.Subscription;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;

/** Waits for a report of a hub of fedmsg. Stateless. */
public final class HubMonitor {

  private HubMonitor() {}

  /**
   * Returns the next report, as it came, or empty when none comes in time. A hub reports every five
   * seconds.
   */
  public static Optional<byte[]> await(ZmqTransport transport, Endpoint address, Duration limit)
      throws InterruptedException {
    BlockingQueue<RawMessage> reports = new ArrayBlockingQueue<>(1);
    Subscription hub = transport.connectSingleFrames("hub", address, reports::offer);
    try {
      return Optional.ofNullable(reports.poll(limit.toNanos(), TimeUnit.NANOSECONDS))
          .map(RawMessage::payload);
    } finally {
      hub.close();
    }
  }
}
