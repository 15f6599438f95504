package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.json.CanonicalJson;
import org.peal.message.MessageId;
import org.peal.node.Folders;
import org.peal.store.HandledMessage;
import org.peal.store.JournalEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal explain}: what handlers made of a message, and why. */
@Command(
    name = "peal explain",
    sortOptions = false,
    description =
        "Show what each handler made of a message, and the lines that it recorded on its way. The"
            + " year of the id does not matter, so that copies of either bus are found.",
    footer = {
      "",
      "Exit status: 0; 1 no handler has recorded anything about it; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal explain 2026-50dcb22f-c218-4807-b12c-a262542d66c1",
      "  peal explain 2026-50dcb22f-c218-4807-b12c-a262542d66c1 --json"
    })
final class ExplainCommand extends PealCommand {

  @Parameters(paramLabel = "MESSAGE-ID", description = "The message (msg_id).")
  String id = "";

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  private int shown;

  ExplainCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal explain";
  }

  @Override
  ExitCode run() {
    if (id.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, "MESSAGE-ID must not be empty");
    }
    MessageId message = new MessageId(id);
    Setup setup = Setup.load(this, Map.of());
    Output out = new Output(io.out());
    for (HandlerStore store : HandlerStore.all(setup.config(), Folders.of(io.environment()))) {
      store
          .<List<HandledMessage>>read(snapshot -> snapshot.outcomes().find(message))
          .forEach(outcome -> show(outcome, out));
      store
          .<List<JournalEntry>>read(snapshot -> snapshot.journal().find(message))
          .forEach(entry -> show(entry, out));
    }
    out.flush();
    if (shown == 0) {
      say("no handler has recorded anything about this message: " + SafeText.line(id, 100));
      return ExitCode.NEGATIVE;
    }
    return ExitCode.OK;
  }

  private void show(HandledMessage outcome, Output out) {
    shown++;
    if (json) {
      ObjectNode one = object(outcome.key().handler(), outcome.outcome(), outcome.why());
      one.put("when", outcome.when().toString());
      outcome.key().signer().ifPresent(signer -> one.put("signer", signer));
      outcome.lines().forEach(one.putArray("lines")::add);
      out.line(CanonicalJson.write(one));
      return;
    }
    String because =
        outcome.why().isEmpty() ? "" : " because: " + SafeText.line(outcome.why(), 500);
    out.line(
        "%s: %s at %s%s"
            .formatted(
                outcome.key().handler(),
                outcome.outcome(),
                outcome.when().truncatedTo(ChronoUnit.SECONDS),
                because));
    lines(outcome.lines(), out);
  }

  private void show(JournalEntry entry, Output out) {
    shown++;
    if (json) {
      ObjectNode one = object(entry.key().handler(), "retry", entry.why());
      one.put("attempts", entry.attempts()).put("due", entry.due().toString());
      entry.lines().forEach(one.putArray("lines")::add);
      out.line(CanonicalJson.write(one));
      return;
    }
    String state =
        entry.why().isEmpty() ? "in hand" : "retry because: " + SafeText.line(entry.why(), 500);
    out.line(
        "%s: %s (attempt %d, next at %s)"
            .formatted(
                entry.key().handler(),
                state,
                entry.attempts(),
                entry.due().truncatedTo(ChronoUnit.SECONDS)));
    lines(entry.lines(), out);
  }

  private static void lines(List<String> lines, Output out) {
    lines.forEach(line -> out.line("  " + SafeText.line(line, 1000)));
  }

  private ObjectNode object(String handler, String outcome, String why) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    return one.put("handler", handler).put("msg_id", id).put("outcome", outcome).put("why", why);
  }
}
