package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.peal.ExitCode;
import org.peal.handler.HandlerConfig;
import org.peal.handler.HandlerFactory;
import org.peal.handler.HandlerTypes;
import org.peal.json.CanonicalJson;
import org.peal.node.Folders;
import org.peal.store.HandledMessage;
import org.peal.store.OutcomeCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal handlers}: which handlers there are and what they have done. */
@Command(
    name = "peal handlers",
    sortOptions = false,
    description =
        "List the handlers that are configured or have done something: their topics and buses, how"
            + " often each outcome came among those that are kept, what waits to be tried again,"
            + " dead letters, and the last outcome.",
    footer = {
      "",
      "Exit status: 0; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal handlers",
      "  peal handlers --json",
      "  peal handlers --types"
    })
final class HandlersCommand extends PealCommand {

  private static final List<String> COLUMNS =
      List.of("NAME", "TYPE", "BUS", "TOPICS", "OUTCOMES", "WAITING", "DEAD", "LAST");

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  @Option(
      names = "--types",
      description = "List the types of handlers that there are instead, and what they do.")
  boolean types;

  HandlersCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal handlers";
  }

  @Override
  ExitCode run() {
    Setup setup = Setup.load(this, Map.of());
    Output out = new Output(io.out());
    if (types) {
      types(setup.config().handlers(), out);
    } else {
      handlers(setup, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private void types(Map<String, HandlerConfig> handlers, Output out) {
    Map<String, String> all = new LinkedHashMap<>();
    List<List<Path>> places = new ArrayList<>(List.of(List.of()));
    handlers.values().forEach(config -> places.add(config.jars()));
    for (List<Path> jars : places) {
      for (HandlerFactory<?> factory : HandlerTypes.in(jars).all()) {
        all.put(factory.type(), factory.summary());
      }
    }
    if (json) {
      all.forEach(
          (type, summary) -> {
            ObjectNode one = JsonNodeFactory.instance.objectNode();
            out.line(CanonicalJson.write(one.put("type", type).put("summary", summary)));
          });
    } else {
      List<List<String>> rows =
          all.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
      new TextTable(List.of("TYPE", "DOES"), rows).lines().forEach(out::line);
    }
  }

  /** What is known of one handler, on one database. */
  private record Known(
      String name,
      Optional<HandlerConfig> config,
      Map<String, Long> outcomes,
      long waiting,
      long dead,
      Optional<HandledMessage> last) {}

  private void handlers(Setup setup, Output out) {
    List<Known> all = new ArrayList<>();
    Map<String, HandlerConfig> configured = new LinkedHashMap<>(setup.config().handlers());
    for (HandlerStore store : HandlerStore.all(setup.config(), Folders.of(io.environment()))) {
      for (Known known : known(store, setup.config().handlers())) {
        all.add(known);
        configured.remove(known.name());
      }
    }
    configured.forEach(
        (name, config) ->
            all.add(new Known(name, Optional.of(config), Map.of(), 0, 0, Optional.empty())));
    if (json) {
      all.forEach(known -> out.line(CanonicalJson.write(object(known))));
    } else if (all.isEmpty()) {
      say("no handler is configured; see peal handlers --types");
    } else {
      new TextTable(COLUMNS, all.stream().map(HandlersCommand::row).toList())
          .lines()
          .forEach(out::line);
    }
  }

  private static List<Known> known(HandlerStore store, Map<String, HandlerConfig> configured) {
    return store.read(
        snapshot -> {
          Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
          for (OutcomeCount count : snapshot.outcomes().counts()) {
            counts
                .computeIfAbsent(count.handler(), name -> new LinkedHashMap<>())
                .put(count.outcome(), count.count());
          }
          Set<String> names = new TreeSet<>(counts.keySet());
          snapshot.cursors().list().forEach(cursor -> names.add(cursor.name()));
          List<Known> found = new ArrayList<>();
          for (String name : names) {
            found.add(
                new Known(
                    name,
                    Optional.ofNullable(configured.get(name)),
                    counts.getOrDefault(name, Map.of()),
                    snapshot.journal().size(name),
                    snapshot.deadLetters().size(name),
                    snapshot.outcomes().last(name)));
          }
          return found;
        });
  }

  private static List<String> row(Known known) {
    return List.of(
        known.name(),
        known.config().map(config -> config.typeOf(known.name())).orElse(""),
        String.join(",", buses(known)),
        String.join(" ", topics(known)),
        known.outcomes().entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", ")),
        Long.toString(known.waiting()),
        Long.toString(known.dead()),
        known
            .last()
            .map(last -> last.outcome() + " " + last.when().truncatedTo(ChronoUnit.SECONDS))
            .orElse(""));
  }

  private static List<String> buses(Known known) {
    return known
        .config()
        .map(config -> config.bus().stream().map(bus -> bus.name().toLowerCase(Locale.ROOT)))
        .map(words -> words.toList())
        .orElse(List.of());
  }

  private static List<String> topics(Known known) {
    return known
        .config()
        .map(config -> config.topics().stream().map(Object::toString).toList())
        .orElse(List.of());
  }

  private static ObjectNode object(Known known) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("name", known.name());
    one.put("type", known.config().map(c -> c.typeOf(known.name())).orElse(null));
    one.put("configured", known.config().isPresent());
    one.put("dry_run", known.config().map(HandlerConfig::dryRun).orElse(null));
    buses(known).forEach(one.putArray("bus")::add);
    topics(known).forEach(one.putArray("topics")::add);
    ObjectNode outcomes = one.putObject("outcomes");
    known.outcomes().forEach(outcomes::put);
    one.put("waiting", known.waiting());
    one.put("dead_letters", known.dead());
    ObjectNode last = one.putObject("last");
    known
        .last()
        .ifPresent(
            outcome ->
                last.put("outcome", outcome.outcome())
                    .put("why", outcome.why())
                    .put("msg_id", outcome.key().id().value())
                    .put("when", outcome.when().toString()));
    return one;
  }
}
