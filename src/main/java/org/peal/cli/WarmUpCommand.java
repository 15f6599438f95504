package org.peal.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.peal.ExitCode;
import org.peal.Threads;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.Subscription;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Does on the loopback interface what one-shot commands do, so that a class archive made while it
 * runs holds their classes. {@code bin/peal} runs it in the background; it prints nothing. The key
 * pair is made by another process, because what makes certificates does not belong into the
 * archive.
 */
@Command(name = "peal warm-up", description = "Use what one-shot commands use, and exit.")
final class WarmUpCommand extends PealCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);

  @Parameters(paramLabel = "PAIR", description = "Sign with PAIR.crt and PAIR.key.")
  Path keyPair = Path.of("");

  WarmUpCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal warm-up";
  }

  @Override
  ExitCode run() throws Exception {
    try (ZmqTransport transport = Transports.open(this, new ZmqConfig(null, null, null));
        Subscription relay = transport.bind("relay", LOOPBACK, List.of(""), message -> true);
        Publication publisher = transport.bindPublication(LOOPBACK, PublicationOptions.of(10))) {
      logger(relay.boundAddress());
      tail(publisher);
      quietly("canonical");
      return ExitCode.OK;
    }
  }

  private void logger(Endpoint relay) {
    String pair = absolute(keyPair).toString();
    quietly(
        "logger",
        "--endpoint",
        relay.toString(),
        "--cert",
        pair + ".crt",
        "--key",
        pair + ".key",
        "--message",
        "hello");
  }

  private void tail(Publication publisher) throws InterruptedException {
    Thread reader =
        Threads.daemon(
            "peal-warm-up-tail",
            () ->
                quietly(
                    "tail",
                    "--connect",
                    publisher.boundAddress().toString(),
                    "--count",
                    "1",
                    "--timeout",
                    "20"));
    reader.start();
    byte[] topic = "org.fedoraproject.dev.logger.log".getBytes(StandardCharsets.UTF_8);
    if (publisher.awaitSubscribers(topic, 1, PATIENCE)) {
      publisher.offer(topic, "{\"msg\":{},\"topic\":\"x\"}".getBytes(StandardCharsets.UTF_8));
    }
    reader.join(PATIENCE.toMillis());
  }

  private void quietly(String... args) {
    Io quiet =
        new Io(
            new ByteArrayInputStream("{\"a\":[1,1.5]}\n".getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            io.environment(),
            io.folder(),
            io.home(),
            new Io.Terminals(false, false, false));
    new Cli(quiet).run(args);
  }
}
