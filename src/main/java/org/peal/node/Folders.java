package org.peal.node;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a process keeps what must survive it, and where it meets others. Immutable.
 *
 * @param state holds the store of a node and the outbox of a user
 * @param runtime holds sockets
 */
public record Folders(Path state, Path runtime) {

  private static final String NAME = "peal";
  private static final Path SYSTEM_RUNTIME = Path.of("/run", NAME);

  /**
   * Returns the folders that systemd gave to a service, else those of the user.
   *
   * @param environment the environment variables
   */
  public static Folders of(Map<String, String> environment) {
    return new Folders(state(environment), runtime(environment));
  }

  private static Path state(Map<String, String> environment) {
    return variable(environment, "STATE_DIRECTORY")
        .map(Folders::first)
        .or(() -> variable(environment, "XDG_STATE_HOME").map(home -> Path.of(home, NAME)))
        .orElseGet(() -> Path.of(home(environment), ".local", "state", NAME));
  }

  private static Path runtime(Map<String, String> environment) {
    return variable(environment, "RUNTIME_DIRECTORY")
        .map(Folders::first)
        .or(() -> variable(environment, "XDG_RUNTIME_DIR").map(home -> Path.of(home, NAME)))
        .orElse(SYSTEM_RUNTIME);
  }

  /** Returns the database of a node whose configuration names no other. */
  public Path store() {
    return state.resolve("store.db");
  }

  /** Returns where the databases are of handlers that run on their own. */
  public Path runs() {
    return state.resolve("run");
  }

  /** Returns where the drafts of this user wait that no node has taken. */
  public Path outbox() {
    return state.resolve("outbox");
  }

  /** Returns the folders in which the node of this host may have its socket, the nearest first. */
  public Stream<Path> meetingPlaces() {
    return Stream.of(runtime, SYSTEM_RUNTIME).distinct();
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static Path first(String folders) {
    return Path.of(folders.split(":", 2)[0]);
  }

  private static String home(Map<String, String> environment) {
    return variable(environment, "HOME").orElseGet(() -> System.getProperty("user.home", "/"));
  }
}
