package org.peal.node;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.YamlTree;

/**
 * Turns the JSON that {@code fedmsg-config} prints into the sections of {@link PealConfig}. For one
 * file, one thread.
 *
 * <p>Keys without a counterpart are left out, except that trust is never dropped in silence: an
 * authority or revocation list that would have to be fetched from the network is a problem.
 */
public final class FedmsgConfig {

  private static final Set<String> MARKS = Set.of("topic_prefix", "environment", "io_threads");

  private final YamlTree.Mapping said;
  private final Map<String, Map<String, YamlTree.Field>> sections = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();

  private FedmsgConfig(YamlTree.Mapping said) {
    this.said = said;
  }

  /**
   * Returns the same settings under Peal's keys; any other file is returned as it is.
   *
   * @throws ConfigException if trust is to be fetched from the network
   */
  public static YamlTree.Mapping translate(YamlTree.Mapping file) {
    return isDump(file) ? new FedmsgConfig(file).translated() : file;
  }

  /** Tells whether this is what {@code fedmsg-config} prints. */
  static boolean isDump(YamlTree.Mapping file) {
    return file.fields().keySet().stream().anyMatch(MARKS::contains);
  }

  /** Returns the keys of a dump, in its order, that the translation does not look at. */
  static List<String> unused(YamlTree.Mapping dump) {
    FedmsgConfig config = new FedmsgConfig(dump);
    config.translated();
    return dump.fields().keySet().stream().filter(key -> !config.used.contains(key)).toList();
  }

  private YamlTree.Mapping translated() {
    copy("topic_prefix", "topic", "prefix");
    copy("environment", "topic", "environment");
    crypto();
    zmq();
    addresses();
    Map<String, YamlTree.Field> fields = new LinkedHashMap<>();
    sections.forEach((name, section) -> fields.put(name, field(name, section)));
    return new YamlTree.Mapping(fields, said.place());
  }

  private YamlTree.Field field(String name, Map<String, YamlTree.Field> section) {
    return new YamlTree.Field(name, said.place(), new YamlTree.Mapping(section, said.place()));
  }

  private void crypto() {
    copy("sign_messages", "crypto", "sign");
    copy("validate_signatures", "crypto", "validate");
    copy("ca_cert_location", "crypto", "ca");
    copy("crl_location", "crypto", "crl");
    copy("ssldir", "crypto", "directory");
    copy("certnames", "crypto", "certnames");
    copy("cert_prefix", "crypto", "cert-prefix");
    copy("routing_nitpicky", "crypto", "nitpicky");
    schemes();
    if (get("routing_policy") instanceof YamlTree.Mapping policy && !policy.fields().isEmpty()) {
      put("crypto", "policy", thisFile(policy.place()));
    }
  }

  private void schemes() {
    copy("crypto_backend", "crypto", "backend");
    boolean none =
        get("crypto_validate_backends") instanceof YamlTree.Sequence list && list.items().isEmpty();
    // Without a list of its own, fedmsg accepts what it makes.
    copy(
        none || get("crypto_validate_backends") == null
            ? "crypto_backend"
            : "crypto_validate_backends",
        "crypto",
        "schemes");
  }

  private void zmq() {
    YamlTree mark = get("high_water_mark");
    // fedmsg's 0 means whatever the library does, which for us is the default.
    if (mark instanceof YamlTree.Scalar scalar && !Integer.valueOf(0).equals(scalar.value())) {
      put("zmq", "high-water-mark", mark);
    }
    if (get("zmq_linger") instanceof YamlTree.Scalar linger) {
      put("zmq", "linger", text(linger.text() + "ms", linger.place()));
    }
  }

  private void addresses() {
    copy("relay_inbound", "relay", "in");
    copy("moksha.monitoring.socket", "monitoring", "socket");
    if (get("fedmsg.consumers.gateway.port") instanceof YamlTree.Scalar port) {
      put("gateway", "out", text("tcp://*:" + port.text(), port.place()));
    }
    if (get("endpoints") instanceof YamlTree.Mapping endpoints) {
      put("endpoints", "directory", thisFile(endpoints.place()));
      YamlTree outbound = endpoints.get("relay_outbound");
      if (outbound != null) {
        put("relay", "out", outbound);
      }
    }
  }

  private void copy(String key, String section, String name) {
    YamlTree value = get(key);
    if (value != null) {
      put(section, name, value);
    }
  }

  private void put(String section, String name, YamlTree value) {
    sections
        .computeIfAbsent(section, any -> new LinkedHashMap<>())
        .put(name, new YamlTree.Field(name, value.place(), value));
  }

  /** Returns what is said for a key, or null when that is nothing. */
  private @Nullable YamlTree get(String key) {
    used.add(key);
    YamlTree value = said.get(key);
    return value instanceof YamlTree.Scalar scalar && scalar.value() == null ? null : value;
  }

  private static YamlTree thisFile(Place place) {
    return text(Path.of(place.source()).toAbsolutePath().toString(), place);
  }

  private static YamlTree text(String text, Place place) {
    return new YamlTree.Scalar(text, text, place);
  }
}
