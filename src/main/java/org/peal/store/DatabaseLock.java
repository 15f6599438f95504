package org.peal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second opening of a file away, whoever tries it: a lock of the system on {@code
 * FILE.lock}, which ends with the process however that ends. The lock file stays.
 */
final class DatabaseLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLock.class);

  /** Files open in this process: closing any channel of a lock file would free its lock. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path lockFile;
  private final FileChannel channel;

  private DatabaseLock(Path lockFile, FileChannel channel) {
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /**
   * Locks a file whose folder exists.
   *
   * @throws StoreException of the category transient if it is in use
   */
  static DatabaseLock take(Path file, Failures failures) {
    Path lockFile;
    try {
      Path real = file.resolveSibling(".").toRealPath();
      lockFile = file(real.resolve(file.getFileName()));
    } catch (IOException e) {
      throw failures.failure(Category.FATAL, "cannot be locked", e);
    }
    if (!OPEN.add(lockFile)) {
      throw inUse(failures);
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(failures);
      }
      locked = true;
      return new DatabaseLock(lockFile, channel);
    } catch (IOException e) {
      throw failures.failure(Category.FATAL, "cannot be locked", e);
    } finally {
      if (!locked) {
        release(lockFile, channel);
      }
    }
  }

  /** Returns the lock file of a file. */
  static Path file(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  private static StoreException inUse(Failures failures) {
    return failures.failure(
        Category.TRANSIENT, "is in use: stop the other process or name another file");
  }

  private static void release(Path lockFile, @Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The lock ends with the descriptor, which is gone whatever close says.
      LOG.debug("closing {}: {}", lockFile, e.toString());
    } finally {
      OPEN.remove(lockFile);
    }
  }

  @Override
  public void close() {
    release(lockFile, channel);
  }
}
