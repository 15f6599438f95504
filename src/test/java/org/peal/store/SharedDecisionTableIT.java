package org.peal.store;

/** Decisions in a database that nodes share. */
class SharedDecisionTableIT extends DecisionTableSuite {

  SharedDecisionTableIT() {
    super(new TestLease());
  }
}
