package org.peal.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bridge.ServiceTable;
import org.peal.json.CanonicalJson;
import org.peal.node.Folders;
import org.peal.node.PealConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal migration}: which services have moved from fedmsg to fedora-messaging. */
@Command(
    name = "peal migration",
    sortOptions = false,
    description = {
      "  status   list every service that the bridge of this host has seen: on which bus it",
      "           publishes, its schemas, who consumes, when it was last seen, and what stands",
      "           in the way: todo, in transition or done"
    },
    footer = {
      "",
      "Exit status: 0; 69 the management API does not answer; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal migration status",
      "  peal migration status --management http://user:password@rabbitmq:15672 --html >"
          + " status.html"
    })
final class MigrationCommand extends PealCommand {

  private static final Duration RECENT = Duration.ofDays(30);

  @Parameters(index = "0", arity = "0..1", paramLabel = "status", description = "What to do.")
  String action = "status";

  @Option(
      names = "--management",
      paramLabel = "URL",
      description =
          "RabbitMQ's management API, with user and password; without it nobody knows who"
              + " consumes.")
  @Nullable String management;

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  @Option(names = "--html", description = "Print a page of HTML.")
  boolean html;

  MigrationCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal migration";
  }

  @Override
  boolean mayBeOnAmqp() {
    return true;
  }

  @Override
  ExitCode run() throws Exception {
    if (!action.equals("status") || json && html) {
      throw new CommandException(
          ExitCode.USAGE,
          json && html ? "--json and --html exclude each other" : "unknown action: " + action);
    }
    PealConfig config = Setup.load(this, Map.of()).config();
    ServiceTable table = new ServiceTable(Folders.of(io.environment()).state());
    Optional<BoundQueues> queues =
        management == null
            ? Optional.empty()
            : Optional.of(BoundQueues.ask(management, config.amqp(), config.bridge()));
    Instant since = Instant.now().minus(RECENT);
    List<MigrationRow> rows =
        table.list().stream().map(service -> MigrationRow.of(service, since, queues)).toList();
    Output out = new Output(io.out());
    if (json) {
      rows.forEach(row -> out.line(CanonicalJson.write(row.json())));
    } else if (html) {
      MigrationRow.html(rows).forEach(out::line);
    } else if (rows.isEmpty()) {
      say("no service was seen: the bridge of this host has to run for a while");
    } else {
      new TextTable(MigrationRow.COLUMNS, rows.stream().map(MigrationRow::cells).toList())
          .lines()
          .forEach(out::line);
    }
    out.flush();
    return ExitCode.OK;
  }
}
