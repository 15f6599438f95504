package org.peal.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database that nodes share: leases, and what handlers that have one keep. It keeps
 * one connection, which is made when it is needed, and anew after a failure. Thread-safe; calls
 * wait for each other, each no longer than the limits of {@link Postgres}.
 */
public final class SharedDatabase implements AutoCloseable {

  private final Postgres postgres;
  private @Nullable Session session;
  private boolean isCurrent;

  /** Makes one; nothing is opened. {@code limit} is the most that one statement may take. */
  public SharedDatabase(PostgresConfig config, Duration limit) {
    this.postgres = new Postgres(config, limit);
  }

  /**
   * Takes a lease if nobody else has it.
   *
   * @param holder who takes it; no two processes may use the same
   * @throws StoreException if the database cannot be used
   */
  public Contention contend(String name, String holder, Duration duration) {
    return inTransaction(
        open -> {
          LeaseTable leases = new LeaseTable(open);
          Optional<LeaseTable.Row> held = leases.find(name).filter(row -> isOthers(row, holder));
          Optional<Fence> taken =
              held.isPresent() ? Optional.empty() : leases.take(name, holder, duration);
          return taken
              .<Contention>map(Contention.Taken::new)
              .orElseGet(() -> held(held.or(() -> leases.find(name)).orElseThrow()));
        });
  }

  private static boolean isOthers(LeaseTable.Row row, String holder) {
    return !row.holder().equals(holder) && !row.left().isNegative() && !row.left().isZero();
  }

  private static Contention held(LeaseTable.Row row) {
    return new Contention.Held(row.holder(), row.number(), row.left());
  }

  /**
   * Opens what the holder of a lease keeps, with connections of its own.
   *
   * @throws StoreException if the database cannot be used
   */
  public SharedStore open(Fence fence) {
    return SharedStore.open(postgres, fence);
  }

  /**
   * Ends a lease before its time.
   *
   * @throws StoreException if the database cannot be used
   */
  public void release(Fence fence) {
    inTransaction(
        open -> {
          new LeaseTable(open).release(fence);
          return true;
        });
  }

  /**
   * Changes what belongs to a lease without having it; its holder commits nothing meanwhile. This
   * is for facts that are true whoever has the lease.
   *
   * @throws StoreException if the database cannot be used
   */
  public <T> T writeAside(String name, Function<? super Transaction, ? extends T> work) {
    return inTransaction(
        open -> {
          new LeaseTable(open).lock(name);
          return work.apply(new WriteTransaction(open, null));
        });
  }

  /**
   * Reads in one short transaction.
   *
   * @throws StoreException if the database cannot be used
   */
  public <T> T read(Function<? super Snapshot, ? extends T> work) {
    return inTransaction(open -> work.apply(ReadTransaction.on(open)));
  }

  /**
   * Finds out whether the database can be used, and changes nothing: tables are made when a lease
   * is asked for.
   *
   * @throws StoreException if it cannot
   */
  public void probe() {
    Session probing = postgres.open();
    try {
      PostgresSchema.check(probing, postgres.failures());
    } finally {
      Postgres.closeQuietly(probing);
    }
  }

  private synchronized <T> T inTransaction(Function<Session, T> work) {
    Session open = session();
    try {
      T result = work.apply(open);
      open.commitByDriver();
      return result;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Session session() {
    Session known = session;
    if (known != null) {
      return known;
    }
    Session opened = postgres.open();
    try {
      if (!isCurrent) {
        PostgresSchema.migrate(opened, postgres.failures());
        isCurrent = true;
      }
    } catch (RuntimeException | Error e) {
      Postgres.closeQuietly(opened);
      throw e;
    }
    session = opened;
    return opened;
  }

  /** Closes the connection; another call opens one again. */
  @Override
  public synchronized void close() {
    Session closing = session;
    session = null;
    if (closing != null) {
      Postgres.closeQuietly(closing);
    }
  }
}
