package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.peal.bus.Delivery;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointMap;
import org.peal.node.replay.ReplayClient;
import org.peal.node.replay.ReplayClientOptions;
import org.peal.store.Database;
import org.peal.store.StoreConfig;
import org.peal.stream.DedupConfig;
import org.peal.stream.DurableSubscriber;
import org.peal.stream.Handling;
import org.peal.stream.StreamsConfig;

/**
 * What {@code peal tail --durable NAME --from-beginning} does, but for printing: a subscriber that
 * was away fetches what a log holds, verifies it, and records each message.
 */
final class DurableReader implements Role {

  private final Tally tally = new Tally();
  private final Database database;
  private final ZmqTransport transport;
  private final ReplayClient replay;
  private final DurableSubscriber subscriber;
  private final AtomicLong lost = new AtomicLong();

  /**
   * Takes {@code folder}, {@code publisher} and {@code replay}, its name and replay address, and
   * {@code keys}.
   */
  DurableReader(JsonNode terms) {
    String publisher = terms.path("publisher").textValue();
    Endpoint server = Endpoint.parse(terms.path("replay").textValue());
    EndpointMap known = new EndpointMap(Map.of(), Map.of(publisher, List.of(server)), List.of());
    Verifier verifier =
        new BenchKeys(Path.of(terms.path("keys").textValue())).verifier(CryptoProvider.FAST);
    InstantSource clock = InstantSource.system();
    Path file = Path.of(terms.path("folder").textValue()).resolve("subscriber.db");
    database = Database.openWithoutLog(file, StoreConfig.defaults(), clock);
    transport = BenchTransport.open(1);
    replay =
        new ReplayClient(
            transport, () -> known, Optional.of(verifier), ReplayClientOptions.DEFAULT);
    subscriber =
        new DurableSubscriber(
            database,
            new DurableSubscriber.Subscription(
                "bench", Instant.EPOCH, StreamsConfig.defaults(), DedupConfig.defaults()),
            replay,
            known.replay()::keySet,
            clock,
            new SplittableRandom(),
            new Counting());
  }

  private final class Counting implements Handling {
    @Override
    public Result handle(Delivery delivery) {
      tally.count(0);
      return Result.DONE;
    }

    @Override
    public void announce(String text) {
      lost.incrementAndGet();
    }
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws Exception {
    if (!order.path("do").asText().equals("read")) {
      throw Answers.unknown(order);
    }
    tally.arm(order.path("count").longValue());
    long start = System.nanoTime();
    subscriber.start();
    ObjectNode result = tally.result();
    Throwable failure = subscriber.failure();
    if (failure != null || lost.get() > 0) {
      throw new BenchException(
          "the subscriber failed: " + failure + ", lost " + lost.get(), failure);
    }
    result.put("nanos", System.nanoTime() - start);
    return Memory.addTo(result);
  }

  @Override
  public void close() {
    subscriber.close();
    replay.close();
    transport.close();
    database.close();
  }
}
