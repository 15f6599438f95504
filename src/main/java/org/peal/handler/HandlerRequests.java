package org.peal.handler;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.peal.Threads;
import org.peal.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators want of the handlers of a database that a process has open: files in a folder
 * beside it, so that whoever may write there may ask. Done in the order of their names, then
 * removed. Thread-safe.
 */
public final class HandlerRequests implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerRequests.class);
  private static final String FOLDER = ".requests";
  private static final String SUFFIX = ".json";
  private static final String BAD = ".bad";
  private static final int MOST = 1000;
  private static final int LONGEST = 32 << 20;
  private static final long LOOK_MILLIS = 300;

  private final Path folder;
  private final Database database;
  private final InstantSource clock;

  /** What could not be done yet; for the worker only. */
  private final Set<Path> told = new HashSet<>();

  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(Threads.factory("peal-requests"));

  /** Looks for requests for the database of a file, from the {@link #start} on. */
  public HandlerRequests(Path file, Database database, InstantSource clock) {
    this.folder = folder(file);
    this.database = database;
    this.clock = clock;
  }

  private static Path folder(Path file) {
    return file.resolveSibling(file.getFileName() + FOLDER);
  }

  /** Starts looking. */
  public void start() {
    worker.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Leaves a request for the process that has the database open.
   *
   * @return the file, which goes when the request is done
   * @throws IOException if it cannot be written
   */
  public static Path ask(Path file, HandlerRequest request, InstantSource clock)
      throws IOException {
    Path folder = folder(file);
    Files.createDirectories(folder);
    String name = "%020d-%s".formatted(clock.millis(), UUID.randomUUID());
    Path written = Files.write(folder.resolve(name + ".tmp"), request.toJson());
    return Files.move(written, folder.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
  }

  private void look() {
    try {
      List<Path> files = files();
      told.retainAll(files);
      files.forEach(this::take);
    } catch (IOException | RuntimeException e) {
      LOG.warn("requests in {} cannot be read: {}", folder, e.toString());
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : found) {
        if (files.size() < MOST) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    files.sort(null);
    return files;
  }

  private void take(Path file) {
    try {
      if (!Files.isWritable(folder)) {
        // It would stay, and be done again and again.
        throw new IOException("this process may not remove it from " + folder);
      }
      if (Files.size(file) > LONGEST) {
        throw new IllegalArgumentException("longer than " + LONGEST + " bytes");
      }
      HandlerRequest request = HandlerRequest.read(Files.readAllBytes(file));
      database
          .write(
              t -> {
                request.apply(t, clock.instant());
                return true;
              })
          .join();
      Files.delete(file);
    } catch (IllegalArgumentException e) {
      putAside(file, e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        putAside(file, refused);
      } else {
        later(file, e);
      }
    } catch (IOException e) {
      later(file, e);
    }
  }

  /** It is tried again at each look, and told of once. */
  private void later(Path file, Exception why) {
    if (told.add(file)) {
      LOG.warn("request {} cannot be done now: {}", file, why.toString());
    }
  }

  private static void putAside(Path file, IllegalArgumentException why) {
    LOG.warn("request {} is put aside: {}", file, why.getMessage());
    try {
      Files.move(file, file.resolveSibling(file.getFileName() + BAD));
    } catch (IOException e) {
      LOG.warn("request {} cannot be put aside: {}", file, e.toString());
    }
  }

  /** Looks no more. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
