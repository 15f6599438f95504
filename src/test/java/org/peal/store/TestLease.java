package org.peal.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peal.testing.Postgres;

/** A database of its own in the shared PostgreSQL, with leases in it. For one test. */
final class TestLease implements EmptyStore {

  static final String NAME = "tagger";

  /** Longer than a test takes, so that a lease ends only when a test wants it. */
  static final Duration LONG = Duration.ofMinutes(2);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final String url;

  TestLease() {
    url = Postgres.shared().newDatabase();
  }

  /** Returns another node's way to the database. */
  SharedDatabase node() {
    return node(LONG);
  }

  SharedDatabase node(Duration limit) {
    return keep(
        new SharedDatabase(new PostgresConfig(url, Optional.empty(), Optional.empty()), limit));
  }

  /** Takes a lease that is free, and opens the store that belongs to it. */
  @Override
  public SharedStore open() {
    SharedDatabase node = node();
    return keep(node.open(taken(node.contend(NAME, "node-1", LONG))));
  }

  static Fence taken(Contention contention) {
    return ((Contention.Taken) contention).fence();
  }

  <T extends AutoCloseable> T keep(T resource) {
    opened.add(0, resource);
    return resource;
  }

  /** Makes a lease end now. */
  void expire() {
    sql("UPDATE peal.lease SET expires = clock_timestamp()");
  }

  List<String> sql(String statement) {
    return Postgres.shared().execute(url, statement);
  }

  @Override
  public void close() {
    for (AutoCloseable resource : opened) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
