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
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.peal.ExitCode;
import org.peal.PealException.Category;
import org.peal.handler.HandlerConfig;
import org.peal.handler.HandlerRequest;
import org.peal.handler.HandlerRequests;
import org.peal.node.Folders;
import org.peal.node.PealConfig;
import org.peal.store.Database;
import org.peal.store.DeadLetter;
import org.peal.store.PostgresConfig;
import org.peal.store.SharedDatabase;
import org.peal.store.Snapshot;
import org.peal.store.StoreConfig;
import org.peal.store.StoreException;

/**
 * A database of handlers: the node's, one of handlers that run on their own, or the one that nodes
 * share. Immutable.
 *
 * @param name which handlers run on it; empty for the node's
 * @param file the file; of the one that nodes share, the node's
 * @param shared where the one is that nodes share; empty for the others
 */
record HandlerStore(String name, Path file, Optional<PostgresConfig> shared) {

  private static final String SUFFIX = ".db";
  private static final String BETWEEN = "+";
  private static final String DRY = "dry-run+";
  private static final String SHARED = "shared";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private HandlerStore(String name, Path file) {
    this(name, file, Optional.empty());
  }

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
    boolean isLeased = config.handlers().values().stream().anyMatch(HandlerConfig::lease);
    if (isLeased && config.postgresql().isSet()) {
      all.add(new HandlerStore(SHARED, node, Optional.of(config.postgresql())));
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
    return shared.isEmpty()
        ? Database.inspect(file, work)
        : inShared(database -> database.<T>read(work));
  }

  private <T> T inShared(Function<SharedDatabase, T> work) {
    try (SharedDatabase database = new SharedDatabase(shared.orElseThrow(), LIMIT)) {
      return work.apply(database);
    }
  }

  /** Tells whether it is the one that nodes share. */
  boolean isShared() {
    return shared.isPresent();
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
    if (isShared()) {
      askShared(request, clock);
      return;
    }
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

  /** Whoever has the lease finds it there when it looks next. */
  private void askShared(HandlerRequest request, InstantSource clock) {
    inShared(
        database ->
            database.<Boolean>writeAside(
                handler(database, request),
                t -> {
                  request.apply(t, clock.instant());
                  return true;
                }));
  }

  private static String handler(SharedDatabase database, HandlerRequest request) {
    if (request instanceof HandlerRequest.Handle handle) {
      return handle.handler();
    }
    long id =
        request instanceof HandlerRequest.Retry retry
            ? retry.deadLetter()
            : ((HandlerRequest.Drop) request).deadLetter();
    return database
        .<Optional<DeadLetter>>read(s -> s.deadLetters().find(id))
        .map(letter -> letter.key().handler())
        .orElseThrow(
            () -> new CommandException(ExitCode.NEGATIVE, "dead letter " + id + " is gone"));
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
