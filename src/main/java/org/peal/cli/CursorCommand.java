package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.json.CanonicalJson;
import org.peal.message.MessageId;
import org.peal.node.replay.ReplayClient;
import org.peal.node.replay.ReplayClientOptions;
import org.peal.store.Cursor;
import org.peal.store.Database;
import org.peal.store.ReplayQuery;
import org.peal.store.StoreConfig;
import org.peal.stream.LogState;
import org.peal.stream.ReplayOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal cursor}: how far durable subscribers got. */
@Command(
    name = "peal cursor",
    sortOptions = false,
    description = {
      "How far this user's durable subscribers (peal tail --durable NAME) got with each",
      "publisher:",
      "  list                   show the cursors, also while the subscribers run",
      "  set NAME STREAM PLACE  let a subscriber that does not run go on elsewhere; STREAM",
      "                         is an identity from the list, or a publisher's name; PLACE",
      "                         the last sequence id that counts as done, now or beginning"
    },
    footer = {
      "",
      "Exit status: 0; 1 there is no such cursor; 69 the publisher's log does not say where it"
          + " ends; 75 the subscriber runs; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal cursor list",
      "  peal cursor list --json --durable archive",
      "  peal cursor set archive bodhi.app01 1200",
      "  peal cursor set archive bodhi.app01 now"
    })
final class CursorCommand extends PealCommand {

  /** The greatest sequence id that subscribers take. */
  private static final long MOST_ID = 1L << 60;

  private static final List<String> COLUMNS =
      List.of("NAME", "PUBLISHER", "SEQ", "UPDATED", "STREAM");

  /** What to do. */
  enum Action {
    list,
    set
  }

  @Option(
      names = "--durable",
      paramLabel = "NAME",
      description = "With list: only the cursors of this subscriber.")
  @Nullable String only;

  @Option(names = "--json", description = "With list: print one JSON object a line.")
  boolean json;

  @Parameters(index = "0", paramLabel = "list|set", description = "What to do.")
  Action action = Action.list;

  @Parameters(
      index = "1..*",
      paramLabel = "NAME STREAM PLACE",
      description = "With set: whose cursor, which one, and where to.")
  List<String> words = new ArrayList<>();

  CursorCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal cursor";
  }

  @Override
  ExitCode run() throws Exception {
    if (only != null) {
      DurableFiles.requireName("--durable", only);
    }
    if (action == Action.list) {
      requireWords(0, "list takes no arguments");
      return list();
    }
    requireWords(3, "set needs NAME STREAM PLACE");
    DurableFiles.requireName("NAME", words.get(0));
    return set(words.get(0), words.get(1), words.get(2));
  }

  private void requireWords(int count, String text) {
    if (words.size() != count) {
      throw new CommandException(ExitCode.USAGE, text + ": " + String.join(" ", words));
    }
  }

  private ExitCode list() {
    DurableFiles files = DurableFiles.of(io);
    List<Cursor> cursors = new ArrayList<>();
    for (String name : only == null ? files.names() : List.of(only)) {
      cursors.addAll(Database.inspect(files.existing(name), s -> s.cursors().list()));
    }
    Output out = new Output(io.out());
    if (json) {
      cursors.forEach(cursor -> out.line(CanonicalJson.write(object(cursor))));
    } else if (cursors.isEmpty()) {
      say("no cursors in " + files.folder());
    } else {
      new TextTable(COLUMNS, cursors.stream().map(CursorCommand::row).toList())
          .lines()
          .forEach(out::line);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static List<String> row(Cursor cursor) {
    return List.of(
        cursor.name(),
        cursor.publisher(),
        String.valueOf(cursor.sequenceId()),
        cursor.updated().truncatedTo(ChronoUnit.SECONDS).toString(),
        cursor.stream());
  }

  private static ObjectNode object(Cursor cursor) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("name", cursor.name());
    one.put("stream", cursor.stream());
    one.put("publisher", cursor.publisher());
    one.put("run", cursor.run().orElse(null));
    one.put("seq_id", cursor.sequenceId());
    one.put("msg_id", cursor.messageId().map(MessageId::value).orElse(null));
    one.put("updated", cursor.updated().toString());
    return one;
  }

  private ExitCode set(String name, String stream, String place) throws Exception {
    Path file = DurableFiles.of(io).existing(name);
    try (Database database =
        Database.openWithoutLog(file, StoreConfig.defaults(), InstantSource.system())) {
      Cursor before =
          one(database.<List<Cursor>>read(snapshot -> snapshot.cursors().list(name)), stream);
      long id = place(before, place);
      Cursor after =
          new Cursor(
              name,
              before.stream(),
              before.publisher(),
              Optional.empty(),
              id,
              Optional.empty(),
              Instant.now());
      database
          .write(
              t -> {
                t.cursors().put(after);
                t.openGaps().forget(name, before.stream());
                if (id < before.sequenceId()) {
                  t.outcomes().forget(name);
                }
                return true;
              })
          .join();
      say("%s: %s from %d to %d".formatted(name, before.publisher(), before.sequenceId(), id));
    }
    return ExitCode.OK;
  }

  private static Cursor one(List<Cursor> cursors, String stream) {
    List<Cursor> meant =
        cursors.stream()
            .filter(c -> c.stream().equals(stream) || c.publisher().equals(stream))
            .toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    throw new CommandException(
        ExitCode.NEGATIVE,
        meant.isEmpty()
            ? "no cursor of that stream or publisher: \"" + SafeText.line(stream, 100) + "\""
            : "several streams of " + stream + ", name one: " + streams(meant));
  }

  private static String streams(List<Cursor> cursors) {
    return String.join(", ", cursors.stream().map(Cursor::stream).toList());
  }

  private long place(Cursor cursor, String place) throws Exception {
    switch (place) {
      case "beginning" -> {
        return 0;
      }
      case "now" -> {
        return end(cursor);
      }
      default -> {
        return number(place);
      }
    }
  }

  private static long number(String place) {
    try {
      long id = Long.parseLong(place);
      if (id >= 0 && id <= MOST_ID) {
        return id;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new CommandException(
        ExitCode.USAGE,
        "PLACE must be a sequence id from 0 to "
            + MOST_ID
            + ", now or beginning: \""
            + SafeText.line(place, 100)
            + "\"");
  }

  private long end(Cursor cursor) throws Exception {
    Setup setup = Setup.load(this, Map.of());
    try (Sources sources = Sources.open(this, setup, List.of());
        ZmqTransport transport = Transports.open(this, setup.config());
        ReplayClient client =
            new ReplayClient(
                transport, sources::known, Optional.empty(), ReplayClientOptions.DEFAULT)) {
      ReplayOutcome outcome =
          client
              .fetch(cursor.publisher(), new ReplayQuery.Ids(List.of(1L)), 0)
              .toCompletableFuture()
              .get();
      return log(outcome)
          .filter(log -> log.stream().value().equals(cursor.stream()))
          .map(LogState::last)
          .orElseThrow(
              () ->
                  new CommandException(
                      ExitCode.UNREACHABLE,
                      "the log of "
                          + cursor.publisher()
                          + " does not say where this stream ends: give a sequence id"));
    }
  }

  private static Optional<LogState> log(ReplayOutcome outcome) {
    return outcome instanceof ReplayOutcome.Answered answered
        ? answered.page().log()
        : Optional.empty();
  }
}
