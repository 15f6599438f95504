package org.peal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.peal.bus.Delivery;
import org.peal.bus.zmq.HostResolver;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;
import org.peal.json.CanonicalJson;
import org.peal.node.Receiver;
import org.peal.store.Database;
import org.peal.stream.DedupConfig;
import org.peal.stream.ReplayOutcome;
import org.peal.stream.StreamsConfig;

/** The promises to handlers over ZeroMQ sockets. */
class ZmqHandlersIT extends HandlerSuite {

  @Override
  HandlerBus open() {
    return new ZmqBus();
  }

  private static final class ZmqBus extends LineBus {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final ZmqTransport transport =
        new ZmqTransport(new ZmqConfig(null, null, null), 20, HostResolver.system(), fatal::add);
    private final Receiver receiver;
    private final Publication publication;

    ZmqBus() {
      transport.start();
      receiver = new Receiver(transport, List.of(""), Optional.empty(), raw -> true, this::deliver);
      Endpoint address = receiver.bind("test", new Endpoint("127.0.0.1", 0));
      publication = transport.connectPublication(address, PublicationOptions.of(1000));
    }

    private void deliver(Delivery delivery) {
      HandlerLine to = line();
      if (to != null) {
        to.offer(delivery);
      }
    }

    @Override
    public void attach(HandlerRunner runner, Database database, InstantSource clock) {
      ZmqInlet inlet =
          new ZmqInlet(
              database,
              runner,
              StreamsConfig.defaults(),
              DedupConfig.defaults(),
              (publisher, query, after) ->
                  CompletableFuture.completedFuture(new ReplayOutcome.Unreachable("none")),
              Set::of,
              clock,
              new SplittableRandom(1));
      start(runner, inlet);
    }

    @Override
    public void publish(Sent sent) throws InterruptedException {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      tree.put("topic", sent.topic()).set("msg", sent.body());
      tree.put("msg_id", sent.id()).put("timestamp", sent.at().getEpochSecond());
      assertThat(
              publication.offer(
                  sent.topic().getBytes(StandardCharsets.UTF_8), CanonicalJson.write(tree), LONG))
          .isTrue();
    }

    @Override
    public void close() {
      publication.close();
      receiver.close();
      transport.close();
      assertThat(fatal).isEmpty();
    }
  }
}
