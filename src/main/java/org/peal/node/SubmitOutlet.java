package org.peal.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.node.submit.Answer;
import org.peal.node.submit.SubmitClient;

/**
 * The node of this host that publishes, for a process that does not publish itself. A connection
 * that was lost is made anew. For one thread.
 */
final class SubmitOutlet implements OutboxPump.Outlet, AutoCloseable {

  private final Supplier<Path> socket;
  private @Nullable SubmitClient client;

  /** Makes one; {@code socket} tells where the node's socket is at present. */
  SubmitOutlet(Supplier<Path> socket) {
    this.socket = socket;
  }

  @Override
  public CompletionStage<Published> publish(Draft draft, OptionalLong row)
      throws InterruptedException {
    CompletableFuture<Published> published = new CompletableFuture<>();
    SubmitClient asked = client();
    asked
        .submit(draft)
        .whenComplete(
            (answer, lost) -> {
              if (answer instanceof Answer.Accepted accepted) {
                published.complete(accepted.published());
              } else if (answer instanceof Answer.Refused refused) {
                Kind kind = refused.retry() ? Kind.CLOSED : Kind.FORBIDDEN;
                published.completeExceptionally(
                    new PublishException(kind, "the node refuses it: " + refused.why(), null));
              } else {
                forget(asked);
                published.completeExceptionally(
                    new PublishException(Kind.CLOSED, "the connection to the node was lost", lost));
              }
            });
    return published;
  }

  private synchronized SubmitClient client() {
    SubmitClient known = client;
    if (known != null) {
      return known;
    }
    Path path = socket.get();
    try {
      SubmitClient made = SubmitClient.connect(path);
      client = made;
      return made;
    } catch (IOException e) {
      String why = Files.exists(path) ? e.getMessage() : "there is no such socket";
      throw new PublishException(
          Kind.CLOSED, "no node of this host takes messages at %s: %s".formatted(path, why), e);
    }
  }

  /** Forgets a connection that was lost; each of its answers tells so, and another may be there. */
  private synchronized void forget(SubmitClient lost) {
    if (client == lost) {
      client = null;
      lost.close();
    }
  }

  @Override
  public synchronized void close() {
    SubmitClient last = client;
    if (last != null) {
      forget(last);
    }
  }
}
