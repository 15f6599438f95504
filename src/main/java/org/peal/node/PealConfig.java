package org.peal.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.peal.bridge.BridgeConfig;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.crypto.CryptoConfig;
import org.peal.endpoint.DnsConfig;
import org.peal.endpoint.EndpointsConfig;
import org.peal.handler.HandlerConfig;
import org.peal.lease.LeaseConfig;
import org.peal.message.TopicConfig;
import org.peal.node.replay.ReplayConfig;
import org.peal.sentence.SentencesConfig;
import org.peal.store.PostgresConfig;
import org.peal.store.StoreConfig;
import org.peal.stream.DedupConfig;
import org.peal.stream.StreamsConfig;

/** The whole configuration of a node, one component for each section. Immutable. */
public record PealConfig(
    NodeConfig node,
    TopicConfig topic,
    CryptoConfig crypto,
    ZmqConfig zmq,
    RelayConfig relay,
    SigningRelayConfig signingRelay,
    GatewayConfig gateway,
    ReplayConfig replay,
    EndpointsConfig endpoints,
    DnsConfig dns,
    SentencesConfig sentences,
    StoreConfig store,
    PostgresConfig postgresql,
    LeaseConfig lease,
    PublisherConfig publisher,
    StatusConfig status,
    MonitoringConfig monitoring,
    StreamsConfig streams,
    DedupConfig dedup,
    AmqpConfig amqp,
    Map<String, HandlerConfig> handlers,
    BridgeConfig bridge) {

  public PealConfig {
    handlers = handlers == null ? Map.of() : handlers;
    HandlerConfig.requireNames(handlers);
  }

  private static final String CERTS = "certs";

  /**
   * Returns the same with keys and authorities that are not set taken from the first folder that
   * has a {@code certs} folder in it, if any: {@code certs/}, {@code certs/ca.crt}, {@code
   * certs/crl.pem}.
   */
  public PealConfig withFilesBeside(List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.resolve(CERTS))
        .filter(Files::isDirectory)
        .findFirst()
        .map(this::withCertificates)
        .orElse(this);
  }

  private PealConfig withCertificates(Path folder) {
    return with(crypto.withFilesIn(folder), amqp, handlers);
  }

  /** Tells whether anything that runs by it works with a broker. */
  public boolean isOnAmqp() {
    List<PartName> parts = node.parts();
    return parts.contains(PartName.BRIDGE)
        || parts.contains(PartName.AMQP_PUBLISHER)
        || parts.contains(PartName.HANDLERS)
            && handlers.values().stream().anyMatch(HandlerConfig::isOnAmqp);
  }

  /** Returns the same with other handlers. */
  public PealConfig withHandlers(Map<String, HandlerConfig> others) {
    return with(crypto, amqp, others);
  }

  /** Returns the same with another section {@code amqp}. */
  public PealConfig withAmqp(AmqpConfig other) {
    return with(crypto, other, handlers);
  }

  private PealConfig with(
      CryptoConfig otherCrypto, AmqpConfig otherAmqp, Map<String, HandlerConfig> otherHandlers) {
    return new PealConfig(
        node,
        topic,
        otherCrypto,
        zmq,
        relay,
        signingRelay,
        gateway,
        replay,
        endpoints,
        dns,
        sentences,
        store,
        postgresql,
        lease,
        publisher,
        status,
        monitoring,
        streams,
        dedup,
        otherAmqp,
        otherHandlers,
        bridge);
  }
}
