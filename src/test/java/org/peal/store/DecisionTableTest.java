package org.peal.store;

/** Decisions in the file of a node. */
class DecisionTableTest extends DecisionTableSuite {

  DecisionTableTest() {
    super(new StoreFile());
  }
}
