package org.peal.bus.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.StrictExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the library does with exceptions that its threads meet: a line in the log instead of text on
 * standard error. An exception out of one of our callbacks ends the channel or the connection, so
 * that it is seen and healed. Stateless.
 */
final class QuietExceptions extends StrictExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(QuietExceptions.class);

  @Override
  public void handleUnexpectedConnectionDriverException(Connection connection, Throwable e) {
    // The link finds out by the connection's end, and says it.
    LOG.debug("connection ended", e);
  }

  @Override
  protected void log(String message, Throwable e) {
    LOG.debug(message, e);
  }

  @Override
  public void handleConfirmListenerException(Channel channel, Throwable e) {
    LOG.warn("a fault of peal itself while confirmations came in", e);
    super.handleConfirmListenerException(channel, e);
  }
}
