package org.peal.node.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.peal.bus.Draft;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/**
 * A user's drafts that no node has taken yet: a folder with a small file for each, in the order in
 * which they came. What {@link #add} has returned for survives a power failure. Processes that use
 * it at the same time wait for each other; within one process it is used by one thread at a time.
 */
public final class Spool {

  private static final String LOCK = ".lock";
  private static final String NEW = ".new";
  private static final String SUFFIX = ".json";
  private static final String REFUSED = "refused";
  private static final int DIGITS = 12;
  private static final int PAGE = 256;

  private final Path folder;
  private final int most;

  /**
   * Names a spool; nothing is made before the first draft comes.
   *
   * @param folder of one user
   * @param most how many drafts it holds
   */
  public Spool(Path folder, int most) {
    this.folder = folder;
    this.most = most;
  }

  /** Returns where it is. */
  public Path folder() {
    return folder;
  }

  /** Returns how many drafts it holds at most. */
  public int most() {
    return most;
  }

  /** Tells whether it holds no draft; needs no lock. */
  public boolean isEmpty() throws IOException {
    return files().isEmpty();
  }

  /**
   * Adds drafts behind all others: all of them, or none.
   *
   * @param drafts each with an id
   * @return false if there is not enough room
   * @throws IOException if they cannot be written; none was kept
   */
  public boolean add(List<Draft> drafts) throws IOException {
    makeFolder();
    try (FileChannel channel = lockFile();
        FileLock lock = channel.lock()) {
      List<Path> before = files();
      if (before.size() + drafts.size() > most) {
        return false;
      }
      write(drafts, before.isEmpty() ? 1 : number(before.get(before.size() - 1)) + 1);
      return lock.isValid();
    }
  }

  private void write(List<Draft> drafts, long first) throws IOException {
    List<Path> written = new ArrayList<>();
    try {
      long next = first;
      for (Draft draft : drafts) {
        written.add(write(draft, next++));
      }
      force(folder);
    } catch (IOException e) {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  private Path write(Draft draft, long number) throws IOException {
    Path target = folder.resolve(("%0" + DIGITS + "d" + SUFFIX).formatted(number));
    Path fresh = folder.resolve(NEW);
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer text = ByteBuffer.wrap(CanonicalJson.write(DraftJson.write(draft)));
      while (text.hasRemaining()) {
        file.write(text);
      }
      file.force(true);
    }
    return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What empties a spool: tells of each draft whether it is done with. */
  public interface Taker {

    /** What becomes of a draft. */
    enum Fate {
      /** A node has it. */
      ACCEPTED,
      /** No node will ever take it: it is put aside for people to look at. */
      REFUSED,
      /** It stays. */
      LATER
    }

    /** Offers drafts in their order and waits for what becomes of each. */
    List<Fate> take(List<Draft> drafts) throws IOException, InterruptedException;
  }

  /**
   * Offers the drafts in order, a page at a time, until one has to stay.
   *
   * @return how many were accepted
   */
  public int empty(Taker taker) throws IOException, InterruptedException {
    if (files().isEmpty()) {
      return 0;
    }
    try (FileChannel channel = lockFile();
        FileLock lock = channel.lock()) {
      List<Path> all = files();
      int accepted = 0;
      boolean goesOn = lock.isValid();
      for (int from = 0; from < all.size() && goesOn; from += PAGE) {
        List<Taker.Fate> fates = offer(all.subList(from, Math.min(from + PAGE, all.size())), taker);
        accepted += (int) fates.stream().filter(Taker.Fate.ACCEPTED::equals).count();
        goesOn = !fates.contains(Taker.Fate.LATER);
      }
      return accepted;
    }
  }

  private List<Taker.Fate> offer(List<Path> files, Taker taker)
      throws IOException, InterruptedException {
    List<Path> good = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    for (Path file : files) {
      try {
        drafts.add(read(file));
        good.add(file);
      } catch (MalformedJsonException | MalformedDraftException e) {
        putAside(file);
      }
    }
    List<Taker.Fate> fates = taker.take(drafts);
    for (int i = 0; i < good.size(); i++) {
      switch (fates.get(i)) {
        case ACCEPTED -> Files.delete(good.get(i));
        case REFUSED -> putAside(good.get(i));
        case LATER -> {}
      }
    }
    return fates;
  }

  private static Draft read(Path file) throws IOException {
    JsonNode tree = StrictJson.parse(Files.readAllBytes(file), JsonLimits.DEFAULT);
    if (tree instanceof ObjectNode json) {
      return DraftJson.read(json);
    }
    throw new MalformedDraftException("a draft must be a JSON object");
  }

  private void putAside(Path file) throws IOException {
    Path aside = Files.createDirectories(folder.resolve(REFUSED));
    Path target = aside.resolve(System.currentTimeMillis() + "-" + file.getFileName());
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches("\\d{12,18}\\.json"))
          .sorted(Comparator.comparingLong(Spool::number))
          .toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private void makeFolder() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** A new name is safe only when its folder was forced as well. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
