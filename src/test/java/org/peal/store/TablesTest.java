package org.peal.store;

/** The tables in the file of a node. */
class TablesTest extends TablesSuite {

  TablesTest() {
    super(new StoreFile());
  }
}
