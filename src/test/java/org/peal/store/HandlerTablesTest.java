package org.peal.store;

/** The tables in the file of a node. */
class HandlerTablesTest extends HandlerTablesSuite {

  HandlerTablesTest() {
    super(new StoreFile());
  }
}
