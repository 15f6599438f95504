package org.peal.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.bus.zmq.HostResolver;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.config.ConfigException;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;
import org.peal.config.LoadedConfig;
import org.peal.config.Problem;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Signer;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.crypto.x509.X509Signer;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.HostNames;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.EnvelopeFactory;
import org.peal.message.Topic;
import org.peal.node.PealConfig;
import org.peal.testing.TestPki;

/**
 * A site with real files and a publisher that keeps talking, healthy until a test plants a fault.
 * For one test.
 */
final class SickSite implements Closeable {

  static final TestPki PKI = new TestPki();
  static final TestPki.Identity CA = PKI.root("Test CA");
  static final TestPki.Identity GOOD = CA.issue("shell-here");
  static final TestPki.Identity ELLIPTIC =
      CA.issue("shell-here", spec -> spec.keys(KeyKind.ED25519.newKeys(0)));
  static final TestPki.Identity STRANGER = PKI.root("Other CA").issue("shell-here");

  private static final String HOST = "here.example.org";
  private static final String OWN = "certs/shell-here";
  private static final Topic TOPIC = new Topic("org.example.dev.test.said");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Closeable> open = new ArrayList<>();
  private final ZmqTransport transport;
  private final Publication publication;
  private final ScheduledExecutorService talking =
      Executors.newSingleThreadScheduledExecutor(Threads.factory("talking"));
  private TestPki.@Nullable Identity speaker = GOOD;
  private boolean isSilent;
  private Duration patience = PATIENCE;
  private Patient.Machine machine;
  private Optional<JsonNode> answer = Optional.empty();

  SickSite(Path folder) {
    this.folder = folder;
    this.machine =
        new Patient.Machine(
            HOST,
            Map.of("HOME", folder.toString()),
            InstantSource.system(),
            folder,
            folder.resolve("mounts"),
            OptionalLong.of(100_000));
    this.transport = new ZmqTransport(ZmqConfig.defaults(), 10, HostResolver.system(), fault -> {});
    transport.start();
    this.publication =
        transport.bindPublication(new Endpoint("127.0.0.1", 0), PublicationOptions.of(1000));
    set("node.parts", "[gateway]");
    set("gateway.out", "'tcp://127.0.0.1:0'");
    // Not the usual one, which a node of another test may have.
    set("status.address", "'127.0.0.1:0'");
    set("crypto.policy", folder.resolve("policy.yaml").toString());
    file("policy.yaml", "org.example.dev.test.said: [shell-here]\n");
    file("certs/ca.crt", CA.pem());
    revocations(CA, Duration.ofDays(90));
    pair(GOOD);
    endpoint("test.here", publication.boundAddress().toString());
  }

  void set(String key, String yaml) {
    settings.put(key, yaml);
  }

  void unset(String key) {
    settings.remove(key);
  }

  Path file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String name) {
    try {
      Files.delete(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void pair(TestPki.Identity identity) {
    file(OWN + ".crt", identity.pem());
    file(OWN + ".key", identity.keyPem());
    mode("rw-------");
  }

  void deletePair() {
    delete(OWN + ".crt");
    delete(OWN + ".key");
  }

  void mode(String mode) {
    try {
      Files.setPosixFilePermissions(
          folder.resolve(OWN + ".key"), PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void revocations(TestPki.Identity by, Duration left, java.math.BigInteger... serials) {
    Instant now = Instant.now();
    file("certs/crl.pem", by.crl(now.minus(Duration.ofDays(30)), now.plus(left), serials));
  }

  void endpoint(String name, String address) {
    file("endpoints.d/" + name + ".yaml", "endpoints:\n  " + name + ": ['" + address + "']\n");
  }

  /** Messages are signed by this one from now on; null for unsigned. */
  void speaker(TestPki.@Nullable Identity identity) {
    speaker = identity;
  }

  void silence() {
    isSilent = true;
  }

  /** Not all publishers will answer, or none will say anything, so that waiting is in vain. */
  void impatient() {
    patience = Duration.ofSeconds(2);
  }

  /** What answers in the place of the node tells this status from now on. */
  void answer(String status) {
    answer =
        Optional.of(StrictJson.parse(status.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
  }

  void machine(Patient.Machine other) {
    machine = other;
  }

  Patient.Machine machine() {
    return machine;
  }

  Path folder() {
    return folder;
  }

  /** Returns the port of the publisher that keeps talking. */
  int port() {
    return publication.boundAddress().port();
  }

  <T extends Closeable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  /** Returns what the doctor finds. */
  List<Finding> examine() throws InterruptedException {
    settings.forEach(this::write);
    if (!isSilent) {
      byte[] message = message();
      byte[] topic = TOPIC.value().getBytes(StandardCharsets.UTF_8);
      talking.scheduleWithFixedDelay(
          () -> publication.offer(topic, message), 0, 50, TimeUnit.MILLISECONDS);
    }
    return Doctor.examine(patient(), PATIENCE.multipliedBy(2));
  }

  /** Writes a file for each setting, since they are merged. */
  private void write(String key, String value) {
    int dot = key.indexOf('.');
    file(
        "conf.d/" + key.replace('.', '-') + ".yaml",
        key.substring(0, dot) + ":\n  " + key.substring(dot + 1) + ": " + value + "\n");
  }

  private byte[] message() {
    var tree =
        new EnvelopeFactory(
                InstantSource.system(), TimeZone.getTimeZone("UTC"), UUID::randomUUID, "tester")
            .create(
                TOPIC,
                StrictJson.parse("{\"x\":1}".getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT))
            .tree();
    TestPki.Identity by = speaker;
    if (by == null) {
      return CanonicalJson.write(tree);
    }
    Path other = folder.resolve("speaker");
    file("speaker/it.crt", by.pem());
    file("speaker/it.key", by.keyPem());
    Signer signer =
        new X509Signer(
            new KeyPairFiles(other.resolve("it.crt"), other.resolve("it.key"), EllipticKeys.SIGN)
                ::load);
    return CanonicalJson.write(signer.sign(tree));
  }

  /** Returns the site as the doctor sees it. */
  Patient patient() {
    Bus bus = new Bus(this::listen, patience);
    try {
      LoadedConfig loaded =
          Configuration.load(ConfigSources.of(folder, machine.environment(), folder));
      PealConfig config = loaded.bind(PealConfig.class).withFilesBeside(loaded.folders());
      Optional<Path> endpoints = Optional.of(folder.resolve("endpoints.d"));
      return new Patient(
          Optional.of(config), List.of(), loaded.files(), endpoints, machine, bus, answers());
    } catch (ConfigException e) {
      List<Problem> problems = e.problems();
      return new Patient(
          Optional.empty(), problems, List.of(), Optional.empty(), machine, bus, answers());
    }
  }

  private Patient.Node answers() {
    return config -> answer;
  }

  private ZmqTransport listen(PealConfig config) {
    ZmqTransport fresh =
        new ZmqTransport(config.zmq(), 20, new HostNames(config.dns())::resolve, fault -> {});
    fresh.start();
    return fresh;
  }

  @Override
  public void close() throws IOException {
    talking.shutdownNow();
    transport.close();
    for (Closeable each : open) {
      each.close();
    }
  }
}
