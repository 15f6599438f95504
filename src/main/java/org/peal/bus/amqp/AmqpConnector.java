package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.MetricsCollector;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.ConnectionParams;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import org.peal.Threads;

/**
 * Opens connections to one broker as configured; every wait of it ends. Files are read anew for
 * each connection, so that a new certificate is used without a restart. Thread-safe.
 */
final class AmqpConnector {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int SHUTDOWN_MILLIS = 5_000;
  private static final int RPC_MILLIS = 20_000;
  private static final int HEARTBEAT_SECONDS = 30;

  /** RabbitMQ takes no longer messages; refusing them here would end the connection each time. */
  private static final int MAX_BODY = 128 << 20;

  private final AmqpConfig config;

  AmqpConnector(AmqpConfig config) {
    this.config = config;
  }

  /** Returns host and port, for people. */
  String address() {
    return config.amqpUrl().address();
  }

  /**
   * Opens a connection.
   *
   * @param name what the broker shows of it
   * @param work where the library runs what is told to consumers; shut down by the caller
   */
  Connection open(String name, ExecutorService work)
      throws IOException, TimeoutException, GeneralSecurityException {
    AmqpUrl url = config.amqpUrl();
    ConnectionFactory factory = new GuardedFactory();
    factory.setHost(url.host());
    factory.setPort(url.port());
    factory.setVirtualHost(url.virtualHost());
    factory.setUsername(url.user());
    factory.setPassword(url.password());
    if (url.tls()) {
      encrypt(factory);
    }
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setConnectionTimeout(CONNECT_MILLIS);
    factory.setHandshakeTimeout(HANDSHAKE_MILLIS);
    factory.setShutdownTimeout(SHUTDOWN_MILLIS);
    factory.setChannelRpcTimeout(RPC_MILLIS);
    factory.setChannelShouldCheckRpcResponseType(true);
    factory.setRequestedHeartbeat(url.number("heartbeat").orElse(HEARTBEAT_SECONDS));
    url.number("channel_max").ifPresent(factory::setRequestedChannelMax);
    url.number("frame_max").ifPresent(factory::setRequestedFrameMax);
    factory.setMaxInboundMessageBodySize(MAX_BODY);
    factory.setExceptionHandler(new QuietExceptions());
    factory.setThreadFactory(task -> Threads.daemon("peal-amqp-io-" + name, task));
    factory.setSharedExecutor(work);
    factory.setClientProperties(introduction(factory.getClientProperties()));
    return factory.newConnection(name);
  }

  /** The library's factory, with a guard between it and the socket. */
  private static final class GuardedFactory extends ConnectionFactory {
    @Override
    protected AMQConnection createConnection(
        ConnectionParams parameters, FrameHandler frames, MetricsCollector metrics) {
      return super.createConnection(parameters, new GuardedFrames(frames), metrics);
    }
  }

  private void encrypt(ConnectionFactory factory) throws GeneralSecurityException, IOException {
    factory.useSslProtocol(config.tls().context());
    factory.enableHostnameVerification();
    if (config.tls().hasCertificate()) {
      factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
    }
  }

  private Map<String, Object> introduction(Map<String, Object> library) {
    ObjectNode own = config.introduction();
    Map<String, Object> told = new HashMap<>(library);
    told.putAll(HeaderTable.write(own));
    return told;
  }
}
