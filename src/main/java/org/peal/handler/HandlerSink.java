package org.peal.handler;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.peal.stream.Event;
import org.peal.stream.Rows;
import org.peal.stream.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a handler what a durable subscriber gets on ZeroMQ. */
final class HandlerSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerSink.class);

  private final HandlerRunner runner;
  private final AtomicLong refused = new AtomicLong();

  HandlerSink(HandlerRunner runner) {
    this.runner = runner;
  }

  @Override
  public boolean take(Event.Message event, Consumer<Rows> recorder) {
    Optional<Message> message = DeliveredMessage.of(event.delivery());
    if (message.isEmpty()) {
      refused.incrementAndGet();
      recorder.accept(Rows.NONE);
      return true;
    }
    return runner.take(message.get(), recorder);
  }

  @Override
  public void lost(Event.Lost lost, Consumer<Rows> recorder) {
    LostMessages messages =
        new LostMessages(
            lost.mark().publisher(),
            lost.mark().stream(),
            lost.span().first(),
            lost.span().last(),
            lost.reason().text());
    runner.lost(messages, recorder);
  }

  @Override
  public void announce(String text) {
    LOG.warn("handler {}: {}", runner.terms().name(), text);
  }

  /** Returns how many were no messages, or were refused by verification. */
  long refused() {
    return refused.get();
  }
}
