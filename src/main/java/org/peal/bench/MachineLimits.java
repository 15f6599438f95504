package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.KeyKind;
import org.peal.message.TimedUuids;

/**
 * What the machine gives at most without anything of Peal around it: signatures, SQLite, the disk.
 */
final class MachineLimits implements Role {

  /** As many rows as a node commits at once under load. */
  private static final int BATCH = 500;

  private final TimedUuids uuids = new TimedUuids(InstantSource.system());
  private final Path folder;
  private final List<byte[]> payloads;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(cores, Threads.factory("limits"));
  private final KeyKind kind;
  private final PrivateKey key;
  private int files;

  /** One file for all rounds, as a node has: the more rows there are, the more each one costs. */
  private @Nullable BareLog log;

  /**
   * Takes {@code folder}, where files may be made, {@code frames}, a file, and {@code key-type}, a
   * {@link KeyKind}.
   */
  MachineLimits(JsonNode terms) throws IOException, GeneralSecurityException {
    folder = Path.of(terms.path("folder").textValue());
    payloads = FrameFile.read(Path.of(terms.path("frames").textValue()));
    kind = KeyKind.valueOf(terms.path("key-type").textValue());
    key =
        (PrivateKey)
            CryptoProvider.FAST
                .keyFactory(kind.keyAlgorithm())
                .translateKey(kind.newKeys(2048).getPrivate());
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done().put("provider", CryptoProvider.FAST.toString());
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws Exception {
    int count = order.path("count").intValue();
    return switch (order.path("do").asText()) {
      case "sign" -> sign(count);
      case "commit" -> commit(count);
      case "read" -> read(Path.of(order.path("file").textValue()));
      case "sync" -> sync(count, order.path("rate").intValue());
      default -> throw Answers.unknown(order);
    };
  }

  private ObjectNode sign(int count) throws Exception {
    long start = System.nanoTime();
    List<Future<Boolean>> shares = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      int share = count / cores;
      shares.add(workers.submit((Callable<Boolean>) () -> signShare(share)));
    }
    for (Future<Boolean> share : shares) {
      share.get();
    }
    return Answers.took((long) (count / cores) * cores, System.nanoTime() - start);
  }

  private boolean signShare(int count) throws GeneralSecurityException {
    Signature engine = CryptoProvider.FAST.signature(kind.signatureAlgorithm());
    for (int i = 0; i < count; i++) {
      engine.initSign(key);
      engine.update(payloads.get(i % payloads.size()));
      engine.sign();
    }
    return true;
  }

  private ObjectNode commit(int count) throws SQLException {
    BareLog kept = log;
    if (kept == null) {
      kept = new BareLog(folder.resolve("bare.db"));
      log = kept;
    }
    long start = System.nanoTime();
    for (int done = 0; done < count; done += BATCH) {
      List<String> ids = new ArrayList<>();
      List<byte[]> rows = new ArrayList<>();
      for (int i = 0; i < Math.min(BATCH, count - done); i++) {
        ids.add("2026-" + uuids.get());
        rows.add(payloads.get((done + i) % payloads.size()));
      }
      kept.commit(ids, rows);
    }
    return Answers.took(count, System.nanoTime() - start);
  }

  private static ObjectNode read(Path file) throws SQLException {
    long start = System.nanoTime();
    long rows = BareLog.readAll(file, BATCH);
    return Answers.took(rows, System.nanoTime() - start);
  }

  /** Writes and forces 1 KB at a steady rate. */
  private ObjectNode sync(int count, int rate) throws IOException {
    Delays delays = new Delays(count);
    Pace pace = new Pace(rate);
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("sync-" + files++),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND)) {
      for (int i = 0; i < count; i++) {
        pace.await();
        long start = System.nanoTime();
        file.write(ByteBuffer.allocate(1024));
        file.force(false);
        delays.add(System.nanoTime() - start);
      }
    }
    return delays.summary();
  }

  @Override
  public void close() throws IOException {
    workers.shutdownNow();
    try {
      if (log != null) {
        log.close();
      }
    } catch (SQLException e) {
      throw new IOException("cannot close the file of rows", e);
    }
  }
}
