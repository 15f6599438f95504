package org.peal.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of what could not cross, a file for each message, and beside it the folder of what is
 * to be tried again, which a running bridge looks into. Thread-safe; also for several processes.
 *
 * <p>Only so many are kept; of those beyond, the log alone tells.
 */
public final class DeadLetters {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final int MOST = 10_000;
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Path again;

  /** Makes one; {@code state} is where the node keeps what must survive it. */
  public DeadLetters(Path state) {
    this.folder = state.resolve("bridge").resolve("dead-letters");
    this.again = state.resolve("bridge").resolve("again");
  }

  /** Keeps a message; the same message is kept once. Tells whether there was room for it. */
  synchronized boolean add(DeadLetter letter) {
    LOG.warn(
        "a message cannot cross {}: topic \"{}\", id \"{}\": {}",
        letter.direction(),
        letter.text("topic"),
        letter.text("id"),
        letter.reason());
    try {
      Files.createDirectories(folder);
      if (files(folder).size() >= MOST) {
        LOG.warn("more than {} dead letters in {}: this one is not kept", MOST, folder);
        return false;
      }
      write(folder.resolve(letter.name() + SUFFIX), letter.text());
      return true;
    } catch (IOException e) {
      LOG.error("a dead letter cannot be kept in {}: {}", folder, e.toString());
      return false;
    }
  }

  private static void write(Path file, byte[] text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(
        fresh,
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns what is kept, the oldest first. */
  public List<DeadLetter> list() {
    return files(folder).stream().flatMap(file -> read(file).stream()).toList();
  }

  /** Hands a message to the bridge that runs, or to the next one that does. */
  public void tryAgain(DeadLetter letter) {
    try {
      Files.createDirectories(again);
      write(again.resolve(letter.name() + SUFFIX), letter.text());
      Files.deleteIfExists(folder.resolve(letter.name() + SUFFIX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what is to be tried again. */
  List<DeadLetter> toTryAgain() {
    return files(again).stream().flatMap(file -> read(file).stream()).toList();
  }

  /** Tells that a message was tried, whatever came of it. */
  void tried(DeadLetter letter) {
    try {
      Files.deleteIfExists(again.resolve(letter.name() + SUFFIX));
    } catch (IOException e) {
      LOG.warn("cannot remove {} from {}: {}", letter.name(), again, e.toString());
    }
  }

  private static List<Path> files(Path where) {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(where)) {
      all.filter(file -> file.toString().endsWith(SUFFIX)).forEach(found::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      LOG.warn("cannot look into {}: {}", where, e.toString());
      return List.of();
    }
    found.sort((a, b) -> Long.compare(modified(a), modified(b)));
    return found;
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return Long.MAX_VALUE; // taken away meanwhile
    }
  }

  private static Optional<DeadLetter> read(Path file) {
    try {
      Optional<DeadLetter> letter = DeadLetter.parse(Files.readAllBytes(file));
      if (letter.isEmpty()) {
        LOG.warn("not a dead letter: {}", file);
      }
      return letter;
    } catch (IOException e) {
      LOG.warn("cannot read {}: {}", file, e.toString());
      return Optional.empty();
    }
  }
}
