package org.peal.handler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Bus;
import org.peal.bus.Origin;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.store.Database;

/** The promises to handlers, without any network. */
class MemoryHandlersTest extends HandlerSuite {

  @Override
  HandlerBus open() {
    return new MemoryBus();
  }

  private static final class MemoryBus implements HandlerBus {
    private @Nullable HandlerRunner runner;
    private ExecutorService line = Executors.newSingleThreadExecutor();
    private ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor();

    @Override
    public void attach(HandlerRunner to, Database database, InstantSource clock) {
      line = Executors.newSingleThreadExecutor();
      again = Executors.newSingleThreadScheduledExecutor();
      runner = to;
      line.execute(CompletableFuture.runAsync(to::retryDue, again)::join);
      again.scheduleWithFixedDelay(to::retryDue, 0, 10, TimeUnit.MILLISECONDS);
    }

    @Override
    public void publish(Sent sent) {
      HandlerRunner to = runner;
      Message message =
          new Message(
              Bus.ZMQ,
              new MessageId(sent.id()),
              new Topic(sent.topic()),
              sent.body(),
              JsonNodeFactory.instance.objectNode(),
              Severity.INFO,
              Optional.of(sent.at()),
              Optional.empty(),
              new Origin("test", "memory"));
      if (to != null) {
        line.execute(() -> to.accept(message, false));
      }
    }

    @Override
    public void detach() throws InterruptedException {
      if (runner != null) {
        runner.close();
      }
      again.shutdownNow();
      line.shutdownNow();
      again.awaitTermination(1, TimeUnit.MINUTES);
      line.awaitTermination(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {}
  }
}
