package org.peal.store;

/** The tables in a database that nodes share. */
class SharedHandlerTablesIT extends HandlerTablesSuite {

  SharedHandlerTablesIT() {
    super(new TestLease());
  }
}
