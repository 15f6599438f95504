package org.peal.cli;

import java.util.Optional;
import org.peal.ExitCode;
import org.peal.endpoint.Endpoint;
import org.peal.http.HttpException;
import org.peal.http.HttpServer;
import org.peal.node.NodeWatch;
import org.peal.node.PealNode;
import org.peal.node.StatusConfig;

/**
 * The pages of a node that runs, if it has any.
 *
 * @param server serves them
 * @param address where, as {@code HOST:PORT}
 */
record StatusPages(Optional<HttpServer> server, Optional<String> address) implements AutoCloseable {

  private static final StatusPages NONE = new StatusPages(Optional.empty(), Optional.empty());

  /**
   * Opens the pages.
   *
   * @throws CommandException if the address was asked for and cannot be listened on
   */
  static StatusPages open(
      PealCommand command, StatusConfig config, NodeWatch health, PealNode node) {
    if (!config.isOn()) {
      return NONE;
    }
    health.look();
    Endpoint where = config.where();
    try {
      HttpServer server = new HttpServer(where.host(), where.port(), health.pages(node.metrics()));
      return new StatusPages(Optional.of(server), Optional.of(shown(where, server.port())));
    } catch (HttpException e) {
      if (config.address() != null) {
        throw new CommandException(ExitCode.CANNOT_CREATE, "status.address: " + e.getMessage());
      }
      command.say(
          "warning: "
              + e.getMessage()
              + ", so nobody can ask this node; set status.address to another port, or to none");
      return NONE;
    }
  }

  private static String shown(Endpoint where, int port) {
    return new Endpoint(where.host(), port).toString().substring("tcp://".length());
  }

  @Override
  public void close() {
    server.ifPresent(HttpServer::close);
  }
}
