package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.node.StatusConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal status}: asks a running node how it fares. */
@Command(
    name = "peal status",
    sortOptions = false,
    description = "Ask the node that runs on this host how it fares.",
    footer = {
      "",
      "Exit status: 0 it is ready, perhaps with warnings; 1 it is not ready; 65 what answers is not"
          + " a node; 69 no node answers; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal status",
      "  peal status --json | jq .warnings",
      "  peal status --address 192.0.2.7:9941"
    })
final class StatusCommand extends PealCommand {

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "Ask the node that listens there (default: status.address, 127.0.0.1:9941).")
  @Nullable String address;

  @Option(names = "--json", description = "Print the answer as JSON.")
  boolean json;

  StatusCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal status";
  }

  @Override
  ExitCode run() throws Exception {
    RunningNode node = node();
    RunningNode.Answer answer =
        node.ask()
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.UNREACHABLE,
                        "no node answers at "
                            + node.where()
                            + "; start one with \"peal node\", or give --address"));
    JsonNode status = answer.status();
    Output out = new Output(io.out());
    if (json) {
      out.line(answer.text().strip());
    } else {
      print(status, out);
    }
    out.flush();
    return status.path("state").asText().equals("not-ready") ? ExitCode.NEGATIVE : ExitCode.OK;
  }

  private RunningNode node() {
    if (address == null) {
      StatusConfig config = Setup.load(this, Map.of()).config().status();
      return RunningNode.of(config)
          .orElseThrow(
              () ->
                  new CommandException(
                      ExitCode.UNREACHABLE, "status.address is none: this node cannot be asked"));
    }
    try {
      return RunningNode.at(StatusConfig.parse(address));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--address: " + e.getMessage());
    }
  }

  private static void print(JsonNode status, Output out) {
    out.line(
        text(status, "name")
            + ": "
            + text(status, "state")
            + ", runs since "
            + text(status, "since"));
    status
        .path("failures")
        .forEach(line -> out.line("  failure: " + SafeText.line(line.asText(), 500)));
    status
        .path("warnings")
        .forEach(line -> out.line("  warning: " + SafeText.line(line.asText(), 500)));
    status.path("parts").properties().forEach(part -> print(part.getKey(), part.getValue(), out));
    unprotected(status).forEach(out::line);
    status
        .path("certificates")
        .forEach(
            c ->
                out.line(
                    "certificate "
                        + text(c, "file")
                        + ": "
                        + c.path("days_left").asLong()
                        + " days left"));
  }

  private static void print(String name, JsonNode part, Output out) {
    out.line(SafeText.line(name, 100) + ": " + text(part, "summary"));
    part.path("listening")
        .forEach(where -> out.line("  listening on " + SafeText.line(where.asText(), 200)));
    for (JsonNode link : part.path("links")) {
      out.line(
          "  "
              + (link.path("connected").asBoolean() ? "connected " : "not connected ")
              + text(link, "name")
              + " "
              + text(link, "endpoint")
              + ", "
              + link.path("messages").asLong()
              + " messages, "
              + (link.path("silent_seconds").isNumber()
                  ? "last one " + link.path("silent_seconds").asLong() + " s ago"
                  : "none yet"));
    }
  }

  /** Names each publisher once whose losses nobody can notice. */
  private static SortedSet<String> unprotected(JsonNode status) {
    SortedSet<String> lines = new TreeSet<>();
    for (JsonNode part : status.path("parts")) {
      for (JsonNode link : part.path("links")) {
        if (link.path("numbered").isBoolean() && !link.path("numbered").asBoolean()) {
          lines.add(
              "unprotected: "
                  + text(link, "name")
                  + " "
                  + text(link, "endpoint")
                  + " sends messages without sequence ids, so that losses cannot be noticed");
        }
      }
    }
    return lines;
  }

  private static String text(JsonNode node, String field) {
    return SafeText.line(node.path(field).asText(), 500);
  }
}
