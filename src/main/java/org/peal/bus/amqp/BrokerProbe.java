package org.peal.bus.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.peal.ExitCode;
import org.peal.Threads;
import org.peal.tls.PemException;

/** Asks a broker what is there, without making or taking anything. For one thread. */
public final class BrokerProbe implements AutoCloseable {

  private static final String NAME = "probe";
  private static final int CLOSE_MILLIS = 2_000;

  private final Connection connection;
  private final String address;
  private final ExecutorService work;

  private BrokerProbe(Connection connection, String address, ExecutorService work) {
    this.connection = connection;
    this.address = address;
    this.work = work;
  }

  /**
   * Connects and logs in.
   *
   * @throws ConsumeException if nobody answers, or the broker refuses
   */
  public static BrokerProbe open(AmqpConfig config) {
    AmqpConnector connector = new AmqpConnector(config);
    ExecutorService work = Executors.newSingleThreadExecutor(Threads.factory("peal-amqp-probe"));
    try {
      return new BrokerProbe(connector.open(NAME, work), connector.address(), work);
    } catch (IOException
        | TimeoutException
        | GeneralSecurityException
        | PemException
        | ShutdownSignalException e) {
      work.shutdown();
      AmqpProblem problem = AmqpProblem.ofConnecting(e, connector.address());
      throw new ConsumeException(
          problem.isRefusal() ? ExitCode.LOGIN_REFUSED : ExitCode.UNREACHABLE, problem.text());
    }
  }

  /**
   * Returns how many consumers a queue has; empty if the broker shows no such queue.
   *
   * @throws ConsumeException if it does not answer any more
   */
  public OptionalInt consumers(String queue) {
    return ask(channel -> channel.queueDeclarePassive(queue).getConsumerCount());
  }

  /**
   * Tells whether the broker shows an exchange.
   *
   * @throws ConsumeException if it does not answer any more
   */
  public boolean hasExchange(String exchange) {
    return ask(channel -> {
          channel.exchangeDeclarePassive(exchange);
          return 1;
        })
        .isPresent();
  }

  /** Something asked on a channel that the broker closes if the answer is no. */
  private interface Question {
    int put(Channel channel) throws IOException;
  }

  private OptionalInt ask(Question question) {
    try {
      Channel channel = connection.createChannel();
      if (channel == null) {
        return OptionalInt.empty();
      }
      try {
        return OptionalInt.of(question.put(channel));
      } finally {
        channel.abort();
      }
    } catch (IOException | ShutdownSignalException e) {
      if (!connection.isOpen() || AmqpProblem.closed(e).flatMap(AmqpProblem::code).isEmpty()) {
        throw new ConsumeException(
            ExitCode.UNREACHABLE,
            AmqpProblem.ofClosed(AmqpProblem.Kind.UNREACHABLE, "the broker " + address, e).text());
      }
      return OptionalInt.empty(); // the channel was closed, which is its way to say no
    }
  }

  @Override
  public void close() {
    connection.abort(CLOSE_MILLIS);
    work.shutdown();
  }
}
