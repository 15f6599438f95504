package org.peal.bus.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.peal.tls.PemException;

/**
 * Why a link or a consumer does not work at the moment. Immutable.
 *
 * @param text what failed and why, for people
 */
public record AmqpProblem(Kind kind, String text) {

  /** What stands in the way. */
  public enum Kind {
    /** Nobody answers at the address. */
    UNREACHABLE,
    /** The broker refuses the login, the virtual host or the TLS handshake. */
    REFUSED,
    /** The connection is lost. */
    LOST,
    /** A queue or a binding is refused, missing, or not as it is declared. */
    TOPOLOGY,
    /** The queue may not be read. */
    UNREADABLE,
    /** The broker has ended the consumer, because its queue is gone. */
    CANCELLED,
    /** The broker has closed the channel. */
    CHANNEL,
    /** Something else: there are not enough channels, or it is a fault of Peal. */
    INTERNAL
  }

  private static final int MOST_CAUSES = 10;

  /** Tells whether the broker does not permit it, or has not what was asked for. */
  boolean isRefusal() {
    return kind == Kind.REFUSED || kind == Kind.TOPOLOGY || kind == Kind.UNREADABLE;
  }

  /** Returns what an exception means while a connection is opened. */
  static AmqpProblem ofConnecting(Exception e, String address) {
    Optional<ShutdownSignalException> closed = closed(e);
    boolean refused =
        e instanceof PossibleAuthenticationFailureException
            || e instanceof SSLException
            || e instanceof GeneralSecurityException
            || e instanceof PemException
            || closed.flatMap(AmqpProblem::code).filter(c -> c == AMQP.NOT_ALLOWED).isPresent()
            || closed.flatMap(AmqpProblem::code).filter(c -> c == AMQP.ACCESS_REFUSED).isPresent();
    String why = closed.map(AmqpProblem::reason).orElseGet(() -> message(e));
    return refused
        ? new AmqpProblem(Kind.REFUSED, "the broker " + address + " refuses: " + why)
        : new AmqpProblem(Kind.UNREACHABLE, "no broker at " + address + ": " + why);
  }

  /** Returns what it means that a connection or a channel was closed. */
  static AmqpProblem ofClosed(Kind kind, String what, Throwable e) {
    return new AmqpProblem(
        kind, what + ": " + closed(e).map(AmqpProblem::reason).orElseGet(() -> message(e)));
  }

  /** Finds what the broker has said, if it said anything. */
  static Optional<ShutdownSignalException> closed(@Nullable Throwable e) {
    @Nullable Throwable at = e;
    for (int i = 0; at != null && i < MOST_CAUSES; i++) {
      if (at instanceof ShutdownSignalException closed) {
        return Optional.of(closed);
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  /** Returns the number that the broker gave as its reason. */
  static Optional<Integer> code(ShutdownSignalException closed) {
    Method reason = closed.getReason();
    if (reason instanceof AMQP.Channel.Close close) {
      return Optional.of(close.getReplyCode());
    }
    return reason instanceof AMQP.Connection.Close close
        ? Optional.of(close.getReplyCode())
        : Optional.empty();
  }

  /** Returns what the broker gave as its reason, in words. */
  static String reason(ShutdownSignalException closed) {
    Method reason = closed.getReason();
    if (reason instanceof AMQP.Channel.Close close) {
      return close.getReplyText();
    } else if (reason instanceof AMQP.Connection.Close close) {
      return close.getReplyText();
    }
    return closed.getCause() == null ? "the connection was lost" : message(closed.getCause());
  }

  private static String message(Throwable e) {
    if (e instanceof TimeoutException) {
      return "it does not answer in time";
    }
    String text = e.getMessage();
    return text == null || text.isEmpty() ? e.getClass().getSimpleName() : text;
  }
}
