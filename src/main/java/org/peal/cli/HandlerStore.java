package org.peal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.peal.ExitCode;
import org.peal.PealException.Category;
import org.peal.handler.HandlerRequest;
import org.peal.handler.HandlerRequests;
import org.peal.node.Folders;
import org.peal.node.PealConfig;
import org.peal.store.Database;
import org.peal.store.Snapshot;
import org.peal.store.StoreConfig;
import org.peal.store.StoreException;

/**
 * A database of handlers: the node's, or one of handlers that run on their own. Immutable.
 *
 * @param name which handlers run on it; empty for the node's
 */
record HandlerStore(String name, Path file) {

  private static final String SUFFIX = ".db";
  private static final String BETWEEN = "+";
  private static final String DRY = "dry-run+";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Returns the database for handlers that run on their own. */
  static HandlerStore ofRun(Folders folders, Collection<String> handlers, boolean isDryRun) {
    String name =
        (isDryRun ? DRY : "") + handlers.stream().sorted().collect(Collectors.joining(BETWEEN));
    return new HandlerStore(name, folders.runs().resolve(name + SUFFIX));
  }

  /** Returns all that there are, the node's first. */
  static List<HandlerStore> all(PealConfig config, Folders folders) {
    List<HandlerStore> all = new ArrayList<>();
    Path said = config.store().path();
    Path node = said == null ? folders.store() : said;
    if (Files.exists(node)) {
      all.add(new HandlerStore("", node));
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folders.runs(), "*" + SUFFIX)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        all.add(new HandlerStore(name.substring(0, name.length() - SUFFIX.length()), file));
      }
    } catch (NoSuchFileException e) {
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    all.sort((a, b) -> a.name.compareTo(b.name));
    return all;
  }

  /** Reads it, also while a process has it open. */
  <T> T read(Function<? super Snapshot, ? extends T> work) {
    return Database.inspect(file, work);
  }

  /** Returns how one of its dead letters is called. */
  String call(long deadLetter) {
    return name.isEmpty() ? Long.toString(deadLetter) : name + "/" + deadLetter;
  }

  /**
   * Does what is asked: itself, or by the process that has the database open.
   *
   * @throws CommandException if that process does not do it in time; then it does it later
   */
  void ask(HandlerRequest request) throws IOException {
    InstantSource clock = InstantSource.system();
    try (Database database =
        Database.openWithoutLog(file, StoreConfig.defaults(), InstantSource.system())) {
      database
          .write(
              t -> {
                request.apply(t, clock.instant());
                return true;
              })
          .join();
    } catch (StoreException e) {
      if (e.category() != Category.TRANSIENT) {
        throw e;
      }
      await(HandlerRequests.ask(file, request, clock));
    }
  }

  private static void await(Path left) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (Files.exists(left)) {
      if (System.nanoTime() > end) {
        throw new CommandException(
            ExitCode.TEMPORARY, "the node has not done it yet; it will, see its log: " + left);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
