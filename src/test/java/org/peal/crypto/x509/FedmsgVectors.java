package org.peal.crypto.x509;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Location;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** The vectors made with the real fedmsg, and its test keys. */
final class FedmsgVectors {

  private static final Map<String, OwnKeyPair> PAIRS = new ConcurrentHashMap<>();

  private FedmsgVectors() {}

  static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(FedmsgVectors.class.getResource("/vectors/fedmsg/" + name), name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path pki(String name) {
    return file("pki/" + name);
  }

  /** Returns a key pair; each is loaded once. */
  static OwnKeyPair pair(String name) {
    return PAIRS.computeIfAbsent(
        name, n -> new KeyPairFiles(pki(n + ".crt"), pki(n + ".key")).load());
  }

  static List<JsonNode> rows(String name) {
    try {
      return Files.readAllLines(file(name)).stream().map(FedmsgVectors::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(String json) {
    return StrictJson.parse(json.getBytes(UTF_8), JsonLimits.DEFAULT);
  }

  static ObjectNode object(String json) {
    return (ObjectNode) parse(json);
  }

  /** Returns a text of a row as the bytes that were on the wire. */
  static byte[] bytes(JsonNode row, String field) {
    return row.get(field).textValue().getBytes(UTF_8);
  }

  static TrustSnapshot trust(String ca, Optional<String> crl) {
    return trust(ca, crl, CryptoProvider.JDK);
  }

  static TrustSnapshot trust(String ca, Optional<String> crl, CryptoProvider provider) {
    Optional<Location> lists = crl.map(name -> Location.of(pki(name)));
    return new TrustFiles(Location.of(pki(ca)), lists, Duration.ZERO, provider).load();
  }
}
