package org.peal.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointDiscovery;

/** Where a command receives from: addresses that the user gave, or the endpoint files. */
final class Sources implements AutoCloseable {

  private final Map<String, List<Endpoint>> given;
  private final @Nullable EndpointDiscovery discovery;

  private Sources(Map<String, List<Endpoint>> given, @Nullable EndpointDiscovery discovery) {
    this.given = given;
    this.discovery = discovery;
  }

  /** Opens the addresses after {@code --connect}, or else the configured endpoint files. */
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
    if (folder.isEmpty()) {
      throw nothing("no folder of endpoint files found");
    }
    EndpointDiscovery discovery = new EndpointDiscovery(folder.get());
    discovery.start();
    if (discovery.current().subscribable().isEmpty()) {
      discovery.close();
      throw nothing("no endpoint in the files of " + folder.get());
    }
    return new Sources(Map.of(), discovery);
  }

  private static CommandException nothing(String problem) {
    return new CommandException(
        ExitCode.CONFIGURATION,
        problem + ": give --connect tcp://HOST:PORT, or write one into endpoints.d");
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

  @Override
  public void close() {
    if (discovery != null) {
      discovery.close();
    }
  }
}
