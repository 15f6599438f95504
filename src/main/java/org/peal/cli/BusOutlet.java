package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.peal.ExitCode;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.message.Topic;
import org.peal.node.Sender;

/** A ZeroMQ address that messages are published to: a relay's, or one of the command's own. */
final class BusOutlet implements Outlet {

  private final ZmqTransport transport;
  private final Publication publication;
  private final Sender sender;

  /** Makes an outlet that closes all three of its parts. */
  BusOutlet(ZmqTransport transport, Publication publication, Sender sender) {
    this.transport = transport;
    this.publication = publication;
    this.sender = sender;
  }

  /**
   * Waits until enough subscriptions match.
   *
   * @throws CommandException if they do not come in time
   */
  static void awaitSubscribers(
      Publication publication, Topic topic, int count, Duration patience, boolean bound)
      throws InterruptedException {
    byte[] bytes = topic.value().getBytes(StandardCharsets.UTF_8);
    if (!publication.awaitSubscribers(bytes, count, patience)) {
      throw nobodyListens(publication, topic, count, patience, bound);
    }
  }

  private static CommandException nobodyListens(
      Publication publication, Topic topic, int count, Duration patience, boolean bound) {
    String missing =
        count == 1
            ? "nobody listens to " + topic
            : "fewer than " + count + " subscriptions match " + topic;
    String link = publication.status().connected() ? " (connected)" : " (not connected)";
    return new CommandException(
        ExitCode.TEMPORARY,
        missing
            + " at "
            + publication.boundAddress()
            + (bound ? "" : link)
            + " within "
            + Options.plain(patience.toNanos() / 1e9)
            + " s; nothing was sent");
  }

  @Override
  public void send(Topic topic, JsonNode body) throws InterruptedException {
    sender.send(topic, body);
  }

  @Override
  public boolean isStopped() {
    return sender.isStopped();
  }

  @Override
  public Optional<String> finish() throws Exception {
    long unsent = sender.finish();
    Failures.rethrow(sender.failure());
    return unsent == 0
        ? Optional.empty()
        : Optional.of(
            unsent
                + " of "
                + sender.submitted()
                + " messages not sent: a reader does not keep up, or the link broke");
  }

  @Override
  public void close() {
    sender.close();
    publication.close();
    transport.close();
  }
}
