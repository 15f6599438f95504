package org.peal.cli;

import java.io.IOException;
import java.util.List;
import org.peal.ExitCode;
import org.peal.handler.HandlerRequest;
import org.peal.handler.Message;
import org.peal.node.Folders;

/**
 * Handing a message to a handler again, in every database where it has run. Immutable.
 *
 * @param stores the databases, at least one
 */
record Reconsuming(PealCommand command, String handler, List<HandlerStore> stores) {

  Reconsuming {
    stores = List.copyOf(stores);
  }

  /**
   * Finds where a handler has run.
   *
   * @throws CommandException if it has run nowhere
   */
  static Reconsuming of(PealCommand command, Setup setup, String handler) {
    List<HandlerStore> stores =
        HandlerStore.all(setup.config(), Folders.of(command.io.environment())).stream()
            .filter(store -> hasRun(store, handler))
            .toList();
    if (stores.isEmpty()) {
      throw new CommandException(
          ExitCode.NEGATIVE,
          "no handler of that name has run here: \"" + SafeText.line(handler, 100) + "\"");
    }
    return new Reconsuming(command, handler, stores);
  }

  /** On AMQP nothing is known of a handler before it has handled something. */
  private static boolean hasRun(HandlerStore store, String handler) {
    return store.<Boolean>read(
        snapshot ->
            snapshot.subscribers().since(handler).isPresent()
                || snapshot.outcomes().last(handler).isPresent()
                || snapshot.journal().size(handler) > 0);
  }

  ExitCode hand(Message message) throws IOException {
    // What nodes share has it all; a node's own file may hold a copy of how far it got.
    boolean isShared = stores.stream().anyMatch(HandlerStore::isShared);
    for (HandlerStore store :
        stores.stream().filter(each -> each.isShared() == isShared).toList()) {
      store.ask(new HandlerRequest.Handle(handler, message));
    }
    command.say(message.id() + " handed to " + handler);
    return ExitCode.OK;
  }
}
