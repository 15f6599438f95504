package org.peal.store;

/** Where a test gets a store of its own, empty, and what is closed after it. */
interface EmptyStore extends AutoCloseable {

  StateStore open();

  @Override
  void close();
}
