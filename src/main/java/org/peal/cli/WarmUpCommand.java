package org.peal.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.peal.ExitCode;
import org.peal.Threads;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.Subscription;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.x509.CertificateAuthority;
import org.peal.endpoint.Endpoint;
import picocli.CommandLine.Command;

/**
 * Does on the loopback interface what one-shot commands do, so that a class archive made while it
 * runs holds their classes. {@code bin/peal} runs it in the background; it prints nothing.
 */
@Command(name = "peal warm-up", description = "Use what one-shot commands use, and exit.")
final class WarmUpCommand extends PealCommand {

  private static final String NAME = "warm-up";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);

  WarmUpCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal warm-up";
  }

  @Override
  ExitCode run() throws Exception {
    try (TemporaryFolder temporary = TemporaryFolder.create("peal-warm-up-");
        ZmqTransport transport = Transports.open(this, new ZmqConfig(null, null, null));
        Subscription relay = transport.bind("relay", LOOPBACK, List.of(""), message -> true);
        Publication publisher = transport.bindPublication(LOOPBACK, PublicationOptions.of(10))) {
      Path folder = temporary.path();
      CertificateAuthority authority = new CertificateAuthority(folder, InstantSource.system());
      authority.init("Warm-up CA", Duration.ofDays(1), Duration.ofDays(1));
      authority.issue(NAME, Duration.ofDays(1));
      logger(folder, relay.boundAddress());
      tail(publisher);
      quietly("canonical");
      return ExitCode.OK;
    }
  }

  private void logger(Path folder, Endpoint relay) {
    String pair = folder.resolve(NAME).toString();
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
            new ByteArrayInputStream("{\"a\":1.5}\n".getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            io.environment(),
            io.folder(),
            io.home(),
            new Io.Terminals(false, false, false));
    new Cli(quiet).run(args);
  }
}
