package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.peal.bus.amqp.AmqpTlsConfig;
import org.peal.json.CanonicalJson;

/**
 * Where a broker takes connections, as whom to log in, and by which files both sides prove who they
 * are. Immutable.
 *
 * @param url an address that {@link org.peal.bus.amqp.AmqpUrl} has accepted
 * @param tls counts for {@code amqps} addresses
 */
record BrokerLogin(String url, AmqpTlsConfig tls) {

  /** Returns one without files. */
  static BrokerLogin of(String url) {
    return new BrokerLogin(
        url, new AmqpTlsConfig(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** Returns the address as the value of {@code amqp.amqp-url} in a configuration. */
  String urlAsYaml() {
    return yaml(TextNode.valueOf(url));
  }

  /** Returns the files as the value of {@code amqp.tls} in a configuration. */
  String tlsAsYaml() {
    ObjectNode files = JsonNodeFactory.instance.objectNode();
    put(files, "ca-cert", tls.caCert());
    put(files, "certfile", tls.certfile());
    put(files, "keyfile", tls.keyfile());
    return yaml(files);
  }

  /** JSON is YAML. */
  private static String yaml(JsonNode value) {
    return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode files, String key, Optional<Path> file) {
    file.ifPresent(path -> files.put(key, path.toAbsolutePath().toString()));
  }
}
