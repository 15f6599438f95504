package org.peal.bench;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.peal.Threads;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.KeyKind;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The limit of a subscriber that verifies: a bare socket, and Jackson and the arithmetic on all
 * cores without anything between them. It knows the one key beforehand.
 */
final class BareVerifier implements Role {

  private static final int SHARE = 256;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket socket = context.createSocket(SocketType.SUB);
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(cores, Threads.factory("bare-verify"));
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();
  private final KeyKind kind;
  private final PublicKey key;
  private final ThreadLocal<Signature> engines = ThreadLocal.withInitial(this::engine);

  /**
   * Takes {@code connect}, {@code certificate}, the file of the signer's, and {@code key-type}, a
   * {@link KeyKind}.
   */
  BareVerifier(JsonNode terms) throws IOException, GeneralSecurityException {
    byte[] certificate = Files.readAllBytes(Path.of(terms.path("certificate").textValue()));
    byte[] encoded =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate))
            .getPublicKey()
            .getEncoded();
    kind = KeyKind.valueOf(terms.path("key-type").textValue());
    key =
        CryptoProvider.FAST
            .keyFactory(kind.keyAlgorithm())
            .generatePublic(new X509EncodedKeySpec(encoded));
    socket.setHWM(BareSender.HIGH_WATER_MARK);
    socket.setLinger(0);
    socket.setReceiveTimeOut((int) Tally.SILENCE.toMillis());
    BareLink.connect(context, socket, terms.path("connect").textValue(), Lab.PATIENCE);
    socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  private Signature engine() {
    try {
      return CryptoProvider.FAST.signature(kind.signatureAlgorithm());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every provider has it", e);
    }
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws Exception {
    return switch (order.path("do").asText()) {
      case "arm" -> Answers.done();
      case "result" -> verifyAll(order.path("count").intValue());
      default -> throw Answers.unknown(order);
    };
  }

  /** Receives on this thread while the shares before are verified. */
  private ObjectNode verifyAll(int count) throws Exception {
    List<Future<Integer>> shares = new ArrayList<>();
    long start = 0;
    long good = 0;
    int received = 0;
    while (received < count) {
      List<byte[]> share = share(Math.min(SHARE, count - received));
      if (share.isEmpty()) {
        break;
      }
      start = start == 0 ? System.nanoTime() : start;
      received += share.size();
      shares.add(workers.submit((Callable<Integer>) () -> verified(share)));
      if (shares.size() > 4 * cores) {
        good += shares.remove(0).get();
      }
    }
    for (Future<Integer> rest : shares) {
      good += rest.get();
    }
    return Answers.took(good, System.nanoTime() - start);
  }

  private List<byte[]> share(int most) {
    List<byte[]> share = new ArrayList<>();
    while (share.size() < most && socket.recv() != null) {
      share.add(socket.recv());
    }
    return share;
  }

  private int verified(List<byte[]> share) throws IOException, GeneralSecurityException {
    int good = 0;
    for (byte[] payload : share) {
      @SuppressWarnings("unchecked")
      Map<String, Object> message = mapper.readValue(payload, Map.class);
      message.remove("certificate");
      byte[] signature =
          Base64.getMimeDecoder().decode(String.valueOf(message.remove("signature")));
      Signature engine = engines.get();
      engine.initVerify(key);
      engine.update(mapper.writeValueAsBytes(message));
      good += engine.verify(signature) ? 1 : 0;
    }
    return good;
  }

  @Override
  public void close() {
    workers.shutdown();
    context.close();
  }
}
