package org.peal.store;

import org.junit.jupiter.api.AfterEach;

/** Decisions in a database that nodes share. */
class SharedDecisionTableIT extends DecisionTableSuite {

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
