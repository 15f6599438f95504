package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.handler.HandlerRequest;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.node.Folders;
import org.peal.store.DeadLetter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal dead-letters}: messages that handlers did not handle. */
@Command(
    name = "peal dead-letters",
    sortOptions = false,
    description = {
      "Messages that handlers did not handle:",
      "  list        show them: dropped by the handler, failed too often, or too old (review)",
      "  show ID     show one with the whole message, as JSON",
      "  retry ID..  hand them to their handlers again",
      "  drop ID..   put them away for good; that they were not handled stays recorded",
      "A node that runs does the last two within a second; without one they are done at once."
    },
    footer = {
      "",
      "Exit status: 0; 1 there is no such dead letter; 75 the node has not done it yet; 78 the"
          + " configuration is wrong.",
      "",
      "Examples:",
      "  peal dead-letters list --handler tagging",
      "  peal dead-letters show 7",
      "  peal dead-letters retry 7 8",
      "  peal dead-letters retry --all --handler tagging"
    })
final class DeadLettersCommand extends PealCommand {

  private static final List<String> COLUMNS =
      List.of("ID", "HANDLER", "KIND", "SINCE", "TRIED", "MESSAGE", "REASON");
  private static final int PAGE = 500;

  /** What to do. */
  enum Action {
    list,
    show,
    retry,
    drop
  }

  @Option(names = "--handler", paramLabel = "NAME", description = "Only those of this handler.")
  @Nullable String handler;

  @Option(names = "--all", description = "With retry and drop: all of them.")
  boolean all;

  @Option(names = "--json", description = "With list: print one JSON object a line.")
  boolean json;

  @Parameters(index = "0", paramLabel = "list|show|retry|drop", description = "What to do.")
  Action action = Action.list;

  @Parameters(index = "1..*", paramLabel = "ID", description = "Which, as list shows them.")
  List<String> ids = new ArrayList<>();

  /** A dead letter and where it is. */
  private record Found(HandlerStore store, DeadLetter letter) {
    String call() {
      return store.call(letter.id());
    }
  }

  DeadLettersCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal dead-letters";
  }

  @Override
  ExitCode run() throws IOException {
    check();
    Setup setup = Setup.load(this, Map.of());
    List<Found> letters = new ArrayList<>();
    HandlerStore.all(setup.config(), Folders.of(io.environment()))
        .forEach(store -> letters.addAll(in(store)));
    Output out = new Output(io.out());
    switch (action) {
      case list -> list(letters, out);
      case show -> chosen(letters).forEach(found -> out.line(CanonicalJson.write(object(found))));
      case retry, drop -> ask(chosen(letters));
    }
    out.flush();
    return ExitCode.OK;
  }

  private void check() {
    boolean takesIds = action != Action.list;
    boolean isAll = all && (action == Action.retry || action == Action.drop);
    if (all && !isAll) {
      throw new CommandException(ExitCode.USAGE, "--all is for retry and drop");
    }
    if (takesIds && !isAll && ids.isEmpty() || !ids.isEmpty() && (isAll || !takesIds)) {
      throw new CommandException(
          ExitCode.USAGE, action + (takesIds ? " needs an ID, or --all alone" : " takes no ID"));
    }
  }

  private List<Found> in(HandlerStore store) {
    List<Found> found = new ArrayList<>();
    long after = 0;
    List<DeadLetter> page;
    do {
      long from = after;
      page = store.read(snapshot -> snapshot.deadLetters().next(from, PAGE));
      for (DeadLetter letter : page) {
        after = letter.id();
        if (handler == null || handler.equals(letter.key().handler())) {
          found.add(new Found(store, letter));
        }
      }
    } while (page.size() == PAGE);
    return found;
  }

  private List<Found> chosen(List<Found> letters) {
    return all ? letters : ids.stream().map(id -> one(letters, id)).toList();
  }

  private static Found one(List<Found> letters, String id) {
    Optional<Found> found = letters.stream().filter(f -> f.call().equals(id)).findFirst();
    return found.orElseThrow(
        () ->
            new CommandException(
                ExitCode.NEGATIVE, "no such dead letter: \"" + SafeText.line(id, 100) + "\""));
  }

  private void list(List<Found> letters, Output out) {
    if (json) {
      letters.forEach(found -> out.line(CanonicalJson.write(object(found))));
    } else if (letters.isEmpty()) {
      say("no dead letters");
    } else {
      new TextTable(COLUMNS, letters.stream().map(DeadLettersCommand::row).toList())
          .lines()
          .forEach(out::line);
    }
  }

  private static List<String> row(Found found) {
    DeadLetter letter = found.letter();
    return List.of(
        found.call(),
        letter.key().handler(),
        letter.kind().toString(),
        letter.since().truncatedTo(ChronoUnit.SECONDS).toString(),
        Integer.toString(letter.attempts()),
        letter.key().id().value(),
        letter.reason());
  }

  private static ObjectNode object(Found found) {
    DeadLetter letter = found.letter();
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("id", found.call());
    one.put("handler", letter.key().handler());
    one.put("kind", letter.kind().toString());
    one.put("since", letter.since().toString());
    one.put("attempts", letter.attempts());
    one.put("msg_id", letter.key().id().value());
    one.put("reason", letter.reason());
    letter.lines().forEach(one.putArray("lines")::add);
    one.set(
        "message",
        StrictJson.parse(letter.message().getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
    return one;
  }

  private void ask(List<Found> letters) throws IOException {
    for (Found found : letters) {
      long id = found.letter().id();
      found
          .store()
          .ask(action == Action.retry ? new HandlerRequest.Retry(id) : new HandlerRequest.Drop(id));
      String done = action == Action.retry ? "handed to %s again" : "of %s put away";
      say(found.call() + " " + done.formatted(found.letter().key().handler()));
    }
  }
}
