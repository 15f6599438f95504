package org.peal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.peal.bench.BareLog;
import org.peal.bench.Lab;
import org.peal.bench.SampleMessages;
import org.peal.message.MessageId;

/**
 * Group commits of 500 rows of 1 KB, and pages of as many, beside SQLite alone; rows a second:
 * {@code mvn -Pbench test-compile exec:exec -Djmh="StoreBenchmark"}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StoreBenchmark {

  private static final int ROWS = 500;

  private final List<byte[]> payloads = SampleMessages.unsigned(ROWS);
  private Path folder;
  private Database database;
  private BareLog bare;
  private long last;

  /** Makes both files anew; each has one page of rows to read. */
  @Setup(Level.Iteration)
  public void open() throws IOException, SQLException {
    folder = Files.createTempDirectory("peal-jmh-");
    database =
        Database.open(
            folder.resolve("ours.db"),
            StoreConfig.defaults(),
            InstantSource.system(),
            new SplittableRandom());
    bare = new BareLog(folder.resolve("bare.db"));
    last = 0;
    append();
    appendBare();
  }

  /** Removes them. */
  @TearDown(Level.Iteration)
  public void close() throws SQLException {
    database.close();
    bare.close();
    Lab.delete(folder);
  }

  /** Ours, waited for. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public boolean append() {
    List<StoredMessage> rows = new ArrayList<>();
    for (byte[] payload : payloads) {
      last++;
      rows.add(
          new StoredMessage(
              last,
              new MessageId("2026-" + UUID.randomUUID()),
              SampleMessages.TOPIC,
              1_780_000_000L + last / 1000,
              payload));
    }
    return database
        .write(
            transaction -> {
              transaction.append(rows);
              return true;
            })
        .join();
  }

  /** The limit: SQLite alone. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void appendBare() throws SQLException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      ids.add("2026-" + UUID.randomUUID());
    }
    bare.commit(ids, payloads);
  }

  /** One page of the log. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Page read() {
    return database.log().read(new ReplayQuery.Range(1, ROWS), 0, new Page.Limit(ROWS, 1 << 24));
  }
}
