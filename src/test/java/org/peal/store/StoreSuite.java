package org.peal.store;

import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that hold for each kind of store: what one transaction writes another one reads. */
abstract class StoreSuite {

  private final EmptyStore source;
  StateStore store;

  StoreSuite(EmptyStore source) {
    this.source = source;
  }

  @BeforeEach
  final void openEmpty() {
    store = source.open();
  }

  @AfterEach
  final void close() {
    source.close();
  }

  final <T> T write(Function<Transaction, T> work) {
    return store.<T>write(work).join();
  }

  final void update(Consumer<Transaction> work) {
    write(
        t -> {
          work.accept(t);
          return true;
        });
  }
}
