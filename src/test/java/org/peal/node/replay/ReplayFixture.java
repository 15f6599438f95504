package org.peal.node.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peal.bus.zmq.HostResolver;
import org.peal.bus.zmq.Question;
import org.peal.bus.zmq.Reply;
import org.peal.bus.zmq.Requester;
import org.peal.bus.zmq.RequesterOptions;
import org.peal.bus.zmq.Responder;
import org.peal.bus.zmq.ResponderOptions;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointMap;
import org.peal.store.MessageStore;
import org.peal.store.ReplayQuery;
import org.peal.stream.ReplayOutcome;
import org.peal.stream.ReplayPage;
import org.peal.stream.ReplaySource;

/** Servers and clients of one transport on loopback. */
final class ReplayFixture implements AutoCloseable {

  static final Duration LONG = Duration.ofSeconds(60);

  private static final Endpoint ANY = new Endpoint("127.0.0.1", 0);

  final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  final ZmqTransport transport =
      new ZmqTransport(ZmqConfig.defaults(), 100, HostResolver.system(), fatal::add);
  private final List<Runnable> opened = new ArrayList<>();

  ReplayFixture() {
    transport.start();
  }

  static ReplayConfig config(int maxMessages, int maxBytes, int maxPending, int rate) {
    return new ReplayConfig(ANY, maxMessages, maxBytes, null, null, maxPending, rate, null);
  }

  ReplayServer server(MessageStore store) {
    return server(store, config(10_000, 8 << 20, 64, 1_000_000));
  }

  ReplayServer server(MessageStore store, ReplayConfig config) {
    ReplayServer server =
        ReplayServer.open(transport, config, store, Optional.of(Duration.ofDays(30)));
    opened.add(server::close);
    return server;
  }

  /** Answers by hand. */
  Endpoint responder(Consumer<Question> sink) {
    Responder responder =
        transport.bindResponder(ANY, new ResponderOptions(1 << 20, 100, 64L << 20, LONG), sink);
    opened.add(responder::close);
    return responder.boundAddress();
  }

  Requester requester(Endpoint address) {
    Requester requester =
        transport.requester(
            "server", address, new RequesterOptions(100_000, 64L << 20, 16, LONG, LONG));
    opened.add(requester::close);
    return requester;
  }

  /** Asks with a text and returns the frames as texts. */
  static List<String> ask(Requester requester, String question) throws Exception {
    Reply reply =
        requester
            .ask(question.getBytes(StandardCharsets.UTF_8), LONG)
            .get(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(reply).isInstanceOf(Reply.Frames.class);
    return ((Reply.Frames) reply)
        .frames().stream().map(frame -> new String(frame, StandardCharsets.UTF_8)).toList();
  }

  ReplayClient client(Map<String, List<Endpoint>> replay) {
    return client(replay, Optional.empty(), ReplayClientOptions.DEFAULT);
  }

  ReplayClient client(
      Map<String, List<Endpoint>> replay,
      Optional<Verifier> verifier,
      ReplayClientOptions options) {
    EndpointMap map = new EndpointMap(Map.of(), replay, List.of());
    ReplayClient client = new ReplayClient(transport, () -> map, verifier, options);
    opened.add(client::close);
    return client;
  }

  static ReplayOutcome fetch(ReplaySource source, String name, ReplayQuery query, long after)
      throws Exception {
    return source.fetch(name, query, after).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Fetches a page, which must be answered. */
  static ReplayPage page(ReplaySource source, String name, ReplayQuery query, long after)
      throws Exception {
    ReplayOutcome outcome = fetch(source, name, query, after);
    assertThat(outcome).isInstanceOf(ReplayOutcome.Answered.class);
    return ((ReplayOutcome.Answered) outcome).page();
  }

  static List<Long> ids(ReplayPage page) {
    return page.messages().stream().map(m -> m.sequenceId().orElseThrow()).toList();
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
    transport.close();
    assertThat(fatal).isEmpty();
  }
}
