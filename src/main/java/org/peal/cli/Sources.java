package org.peal.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.endpoint.Discovery;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointMap;

/**
 * Where a command receives from: addresses that the user gave, or else endpoint files and the DNS.
 */
final class Sources implements AutoCloseable {

  private final Map<String, List<Endpoint>> given;
  private final @Nullable Discovery discovery;

  private Sources(Map<String, List<Endpoint>> given, @Nullable Discovery discovery) {
    this.given = given;
    this.discovery = discovery;
  }

  /** Opens the addresses after {@code --connect}, or else what is configured. */
  static Sources open(PealCommand command, Setup setup, List<String> connect) {
    if (!connect.isEmpty()) {
      Map<String, List<Endpoint>> given = new LinkedHashMap<>();
      for (String address : connect) {
        Endpoint endpoint = Options.remote("--connect", address);
        given.put(endpoint.toString(), List.of(endpoint));
      }
      return new Sources(given, null);
    }
    Optional<Path> folder = setup.endpointFolder(command.io);
    Discovery discovery = new Discovery(folder, setup.config().dns());
    discovery.start();
    EndpointMap known = discovery.current();
    if (known.subscribable().isEmpty() && known.domains().isEmpty()) {
      discovery.close();
      throw nothing(
          folder
              .map(f -> "no endpoint in the files of " + f)
              .orElse("no folder of endpoint files found"));
    }
    return new Sources(Map.of(), discovery);
  }

  private static CommandException nothing(String problem) {
    return new CommandException(
        ExitCode.CONFIGURATION,
        problem
            + ": give --connect tcp://HOST:PORT, write one into endpoints.d, or set dns.domains");
  }

  /** Calls {@code receiver} with the addresses, now and whenever they change. */
  void follow(Consumer<Map<String, List<Endpoint>>> receiver) {
    if (discovery == null) {
      receiver.accept(given);
    } else {
      discovery.onChange(map -> receiver.accept(map.subscribable()));
      receiver.accept(discovery.current().subscribable());
    }
  }

  /** Returns all that is known of publishers now; nothing but what was given has no logs. */
  EndpointMap known() {
    return discovery == null ? EndpointMap.EMPTY : discovery.current();
  }

  @Override
  public void close() {
    if (discovery != null) {
      discovery.close();
    }
  }
}
