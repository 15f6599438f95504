package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.peal.Threads;
import org.peal.json.CanonicalJson;

/** A Module Build Service that has every build, and a stand-in for a hub, at one address. */
final class ModuleServices implements Role {

  private static final String BUILDS = "/mbs/1/module-builds/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(Threads.factory("web"));
  private final KojiStandIn hub = new KojiStandIn();
  private CountDownLatch tagged = new CountDownLatch(0);
  private int armed;
  private long start;
  private volatile long end;

  /** Takes nothing. */
  ModuleServices(JsonNode terms) throws IOException {
    // Else each answer waits for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/kojihub", hub);
    server.createContext(BUILDS, ModuleServices::build);
    server.start();
  }

  private static void build(HttpExchange exchange) throws IOException {
    long number = Long.parseLong(exchange.getRequestURI().getPath().substring(BUILDS.length()));
    ObjectNode build = ModuleMessages.body(number);
    build.put("modulemd", ModuleMessages.modulemd(number));
    byte[] text = CanonicalJson.write(build);
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  @Override
  public ObjectNode greeting() {
    return Answers.address("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * {@code arm} starts the clock for so many tags, {@code result} waits until they were put on, as
   * long as so many messages may take.
   */
  @Override
  public ObjectNode carryOut(JsonNode order) throws InterruptedException {
    int count = order.path("count").intValue();
    return switch (order.path("do").asText()) {
      case "arm" -> arm(count);
      case "result" -> result(count);
      default -> throw Answers.unknown(order);
    };
  }

  private ObjectNode arm(int count) {
    CountDownLatch latch = new CountDownLatch(1);
    tagged = latch;
    hub.whenTagged(
        count,
        () -> {
          end = System.nanoTime();
          latch.countDown();
        });
    armed = count;
    start = System.nanoTime();
    return Answers.done();
  }

  private ObjectNode result(int count) throws InterruptedException {
    long seconds = Lab.patience(count).toSeconds();
    if (!tagged.await(seconds, TimeUnit.SECONDS)) {
      throw new BenchException("not all builds were tagged in " + seconds + " s");
    }
    return Answers.took(armed, end - start);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
