package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.cli.Colours.Style;
import org.peal.crypto.x509.CertificateAuthority;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.crypto.x509.OwnKeyPair;
import org.peal.crypto.x509.X509Signer;
import org.peal.endpoint.Endpoint;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.EnvelopeFactory;
import org.peal.message.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal demo}: shows the main job with real processes on the loopback interface. */
@Command(
    name = "peal demo",
    sortOptions = false,
    description =
        "Show Peal at work on this machine alone: a throw-away certificate authority, two nodes, a"
            + " subscriber, signed messages, a forged one that is refused, what the rules for Koji"
            + " tags make of a module build (a dry run), a subscriber that is killed and misses"
            + " nothing, and, with a broker at hand, a handler that moves from one bus to the other"
            + " while messages flow. It takes half a minute, uses free ports on the loopback"
            + " interface, and leaves nothing behind.",
    footer = {
      "",
      "Exit status: 0; 14 the broker at --amqp refuses the login; 69 there is none; 129, 130, 143"
          + " ended by a signal.",
      "",
      "Examples:",
      "  peal demo",
      "  peal demo --amqp amqp://guest:guest@localhost/"
    })
final class DemoCommand extends PealCommand {

  private static final Duration PATIENCE = DemoStage.PATIENCE;
  private static final String SIGNER = "demo-alice";
  private static final String LOOPBACK = "tcp://127.0.0.1:0";
  private static final List<String> TEXTS =
      List.of("build 4711 of bash is done", "tagged into f43");

  @Option(
      names = "--amqp",
      paramLabel = "URL",
      description =
          "Move to this broker, through its amq.topic and with a queue that expires; amqp.tls of"
              + " the configuration counts. Default: a RabbitMQ of the demo's own, if it is"
              + " installed (Debian: rabbitmq-server; otherwise RABBITMQ_HOME tells where).")
  @Nullable String amqp;

  private final Colours colours;
  private @Nullable Interruption interruption;
  private Path folder = Path.of("");
  private DemoStage stage;

  DemoCommand(Io io) {
    super(io);
    this.colours = Colours.choose(Colours.When.auto, io.environment(), io.terminals().out());
    this.stage = new DemoStage(io, colours, folder);
  }

  @Override
  String name() {
    return "peal demo";
  }

  /** The files by which both sides prove who they are may be told by fedora-messaging's own. */
  @Override
  boolean isOnAmqp() {
    return amqp != null;
  }

  @Override
  int exitStatus(int status) {
    return interruption == null ? status : interruption.status().orElse(status);
  }

  @Override
  ExitCode run() throws Exception {
    Interruption asked = Interruption.ofThisThread();
    interruption = asked;
    try {
      begin();
      return ExitCode.OK;
    } catch (InterruptedException | IOException | CommandException e) {
      if (asked.status().isEmpty()) {
        throw e;
      }
      say("ended by a signal, all is cleaned up");
      return ExitCode.TEMPORARY;
    }
  }

  private void begin() throws Exception {
    try (TemporaryFolder temporary = TemporaryFolder.create("peal-demo-")) {
      folder = temporary.path();
      stage = new DemoStage(io, colours, folder);
      // A broker takes some seconds to start, during which other things can be shown.
      try (BrokerAtHand broker = BrokerAtHand.find(this, amqp, folder.resolve("broker"))) {
        show();
        broker.show(stage, folder, SIGNER);
        stage.line("");
        stage.line("That was the main job. Next: docs/quickstart.md");
      }
    }
  }

  private void show() throws Exception {
    stage.step("a throw-away certificate authority, and a key pair for " + SIGNER);
    stage.command("certs --dir DIR init; peal certs --dir DIR issue " + SIGNER);
    makeCertificates();

    stage.step("two nodes: a relay that publishers send to, and a gateway for outside subscribers");
    try (ChildProcess relay = stage.start("relay", "--in", LOOPBACK, "--out", LOOPBACK)) {
      String in = DemoStage.address(relay);
      String relayOut = DemoStage.address(relay);
      try (ChildProcess gateway =
          stage.start("gateway", "--connect", relayOut, "--out", LOOPBACK)) {
        String gatewayOut = DemoStage.address(gateway);
        gateway.awaitErr("connected to", PATIENCE);

        stage.step("a subscriber at the gateway that trusts our authority");
        try (ChildProcess tail = startTail(gatewayOut)) {
          tail.awaitErr("connected to", PATIENCE);
          publish(in, tail);
          forge(in, tail);
          tag(in, tail);
        }
        stage.step("what the nodes counted");
        stage.line("  gateway: " + gateway.terminate().replaceFirst("^peal gateway: ", ""));
      }
      stage.line("  relay:   " + relay.terminate().replaceFirst("^peal relay: ", ""));
    }
    new ResumeDemo(stage, folder, SIGNER).show();
  }

  private void makeCertificates() {
    CertificateAuthority authority = new CertificateAuthority(folder, InstantSource.system());
    Duration day = Duration.ofDays(1);
    authority.init("Demo CA", day, day);
    authority.issue(SIGNER, day);
  }

  private void publish(String in, ChildProcess tail) throws Exception {
    stage.step("signed messages from the shell, through the relay and the gateway");
    for (String text : TEXTS) {
      log(in, "--message", text);
      arrival(tail);
    }
  }

  /** Publishes a signed message from the shell. */
  private void log(String in, String... message) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "logger",
                "--endpoint",
                in,
                "--cert",
                folder.resolve(SIGNER + ".crt").toString(),
                "--key",
                folder.resolve(SIGNER + ".key").toString()));
    args.addAll(List.of(message));
    try (ChildProcess logger = stage.start(args.toArray(String[]::new))) {
      logger.awaitEnd(PATIENCE);
    }
  }

  private void forge(String in, ChildProcess tail) throws Exception {
    stage.step("a forged one: a good signature of " + SIGNER + ", but somebody changed the text");
    OwnKeyPair pair =
        new KeyPairFiles(folder.resolve(SIGNER + ".crt"), folder.resolve(SIGNER + ".key")).load();
    Topic topic = new Topic("org.fedoraproject.dev.logger.log");
    ObjectNode signed =
        new X509Signer(() -> pair)
            .sign(
                new EnvelopeFactory(InstantSource.system(), TimeZone.getDefault(), "alice")
                    .create(topic, body("pay 100 to alice"))
                    .tree());
    signed.set("msg", body("pay 100 to mallory"));
    send(in, topic, CanonicalJson.write(signed));
    arrival(tail);
  }

  private void tag(String in, ChildProcess tail) throws Exception {
    DemoTagging tagging = new DemoTagging(folder);
    stage.step(
        "a module build is done: which Koji tags does it get? (a dry run: there is no Koji here)");
    tagging.writeFiles();
    log(
        in,
        "--modname",
        "mbs",
        "--topic",
        "module.state.change",
        "--json-input",
        "--message",
        DemoTagging.BODY);
    JsonNode full =
        StrictJson.parse(
            tail.awaitOut(PATIENCE).getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    tagging.writeMessage(full.path("envelope").path("msg"));
    try (ChildProcess explain =
        stage.start(
            "tagging",
            "explain",
            "--rules",
            folder.resolve("rules.yaml").toString(),
            "--modulemd",
            folder.resolve("modulemd.yaml").toString(),
            "--message",
            folder.resolve("message.json").toString())) {
      String told = "";
      while (!DemoTagging.isLast(told)) {
        told = explain.awaitOut(PATIENCE);
        stage.line("  " + told);
      }
    }
  }

  private void send(String in, Topic topic, byte[] payload) throws Exception {
    byte[] frame = topic.value().getBytes(StandardCharsets.UTF_8);
    try (ZmqTransport transport = Transports.open(this, new ZmqConfig(null, null, null));
        Publication publication =
            transport.connectPublication(Endpoint.parse(in), PublicationOptions.of(1000))) {
      if (!publication.awaitSubscribers(frame, 1, PATIENCE)
          || !publication.offer(frame, payload)
          || publication.drain(PATIENCE) > 0) {
        throw new CommandException(ExitCode.INTERNAL, "the forged message could not be sent");
      }
    }
  }

  private ChildProcess startTail(String gateway) throws IOException {
    return stage.start(
        "tail",
        "--connect",
        gateway,
        "--ca",
        folder.resolve("ca.crt").toString(),
        "--crl",
        folder.resolve("crl.pem").toString(),
        "--invalid",
        "mark",
        "--output",
        "full");
  }

  private void arrival(ChildProcess tail) throws InterruptedException {
    String line = tail.awaitOut(PATIENCE);
    JsonNode full = StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    JsonNode facts = full.path("peal");
    String text = full.path("envelope").path("msg").path("log").asText();
    if (facts.path("verdict").asText().equals("valid")) {
      stage.line(
          colours.paint(Style.GOOD, "  arrived: ")
              + "\""
              + text
              + "\", signed by "
              + facts.path("signer").asText());
    } else {
      stage.line(
          colours.paint(Style.BAD, "  refused: ")
              + "\""
              + text
              + "\", "
              + facts.path("reason").asText()
              + ": "
              + facts.path("detail").asText());
    }
  }

  /** Returns a body as {@code peal logger} makes it. */
  private static ObjectNode body(String text) {
    return JsonNodeFactory.instance.objectNode().put("log", text);
  }
}
