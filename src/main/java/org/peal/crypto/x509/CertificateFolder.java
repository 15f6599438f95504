package org.peal.crypto.x509;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of a certificate authority: what is written is there as a whole or not at all.
 *
 * @param path the folder; made when needed, for its owner only
 */
record CertificateFolder(Path path) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofMillis(20);

  /** A file lock is held by the whole process, so its threads need a lock of their own. */
  private static final ReentrantLock PROCESS = new ReentrantLock();

  Path file(String name) {
    return path.resolve(name);
  }

  void create() {
    try {
      Files.createDirectories(path.toAbsolutePath(), permissions("rwx------"));
    } catch (IOException e) {
      throw io("cannot make the folder " + path, e);
    }
  }

  void requireAbsent(String name) {
    if (Files.exists(file(name), LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file(name), null);
    }
  }

  /** Writes a file that must not be there yet. */
  void add(String name, String text, boolean secret) {
    Path target = file(name);
    Path temporary = writeTemporary(target, text, secret);
    try {
      Files.move(temporary, target);
    } catch (FileAlreadyExistsException e) {
      delete(temporary);
      throw exists(target, e);
    } catch (IOException e) {
      delete(temporary);
      throw io("cannot write " + target, e);
    }
  }

  /** Writes a file; whoever reads it meanwhile sees the old text or the new one. */
  void replace(String name, String text) {
    Path target = file(name);
    Path temporary = writeTemporary(target, text, false);
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(temporary);
      throw io("cannot write " + target, e);
    }
  }

  /** Removes a file that was just added; a failure leaves it there. */
  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw io("cannot remove " + file, e);
    }
  }

  /** Does work while no other thread or process does work in this folder. */
  <T> T exclusively(Supplier<T> work) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    requireFolder();
    if (!lockProcess()) {
      throw busy();
    }
    try (FileChannel channel = openLock()) {
      lock(channel, deadline); // until the channel is closed
      return work.get();
    } catch (IOException e) {
      throw io("cannot lock " + path, e);
    } finally {
      PROCESS.unlock();
    }
  }

  private void requireFolder() {
    if (!Files.isDirectory(path)) {
      throw new CertsException(
          CertsException.Kind.NOT_FOUND,
          "no folder " + path + ": make an authority with \"init\" first",
          null);
    }
  }

  private static boolean lockProcess() {
    try {
      return PROCESS.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        file(".lock"),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        permissions("rw-------"));
  }

  /** Waiting without a limit is all that the platform offers, so this asks again and again. */
  private void lock(FileChannel channel, long deadline) throws IOException {
    while (channel.tryLock() == null) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        throw busy();
      }
      LockSupport.parkNanos(RETRY.toNanos());
    }
  }

  private Path writeTemporary(Path target, String text, boolean secret) {
    Path temporary = file("." + target.getFileName() + ".new");
    try {
      Files.deleteIfExists(temporary); // left by a process that was killed
      write(temporary, text, permissions(secret ? "rw-------" : "rw-r--r--"));
      return temporary;
    } catch (IOException e) {
      throw io("cannot write " + temporary, e);
    }
  }

  private static void write(Path file, String text, FileAttribute<?>[] permissions)
      throws IOException {
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, fresh, permissions)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private FileAttribute<?>[] permissions(String text) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  private static CertsException exists(Path file, @Nullable Exception cause) {
    return new CertsException(
        CertsException.Kind.EXISTS, file + " is there already and is never overwritten", cause);
  }

  private CertsException busy() {
    return new CertsException(
        CertsException.Kind.BUSY,
        "another process works in " + path + " for more than " + PATIENCE.toSeconds() + " s",
        null);
  }

  private static CertsException io(String what, IOException e) {
    return new CertsException(CertsException.Kind.IO, what + ": " + e, e);
  }
}
