package org.peal.store;

/** The tables in a database that nodes share. */
class SharedTablesIT extends TablesSuite {

  SharedTablesIT() {
    super(new TestLease());
  }
}
