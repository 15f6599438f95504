package org.peal.store;

import org.junit.jupiter.api.AfterEach;

/** The tables in a database that nodes share. */
class SharedHandlerTablesIT extends HandlerTablesSuite {

  private final TestLease lease = new TestLease();

  @Override
  StateStore open() {
    return lease.open();
  }

  @AfterEach
  void close() {
    lease.close();
  }
}
