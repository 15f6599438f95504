package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.handler.tagging.Modulemd;
import org.peal.handler.tagging.action.MbsModules;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.service.mbs.Mbs;
import org.peal.service.mbs.MbsException;
import org.peal.service.mbs.ModuleBuild;
import org.peal.service.mbs.Nsvc;

/** The build that a command is about: from files, or from the Module Build Service. */
final class TaggingSubject {

  private static final String READY = "ready";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final TaggingCommand command;
  private final TaggingFiles files;
  private @Nullable ModuleBuild asked;

  /**
   * Makes a subject.
   *
   * @throws CommandException if the options do not name one
   */
  TaggingSubject(TaggingCommand command, TaggingFiles files) {
    this.command = command;
    this.files = files;
    long given =
        List.of(command.modulemd != null, command.mbsId != null, command.nsvc != null).stream()
            .filter(Boolean::booleanValue)
            .count();
    if (given > 1 || given == 0 && command.message == null) {
      throw new CommandException(
          ExitCode.USAGE, "explain needs one of --modulemd, --mbs-id and --nsvc, or --message");
    }
  }

  /** Returns the body of the message about it. */
  JsonNode body() {
    if (command.message == null) {
      String state = command.state == null ? READY : command.state;
      return command.modulemd != null ? modulemd().toBody(state) : body(build(), state);
    }
    JsonNode json = message(command.message);
    JsonNode body = json.has("topic") && json.has("body") ? json.get("body") : json;
    if (command.state == null || !body.isObject()) {
      return body;
    }
    ObjectNode changed = body.deepCopy();
    return changed.put("state_name", command.state);
  }

  /** Returns the body of a message about a build. */
  static ObjectNode body(ModuleBuild build, String state) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("id", build.id()).put("name", build.nsvc().name());
    body.put("stream", build.nsvc().stream()).put("version", build.nsvc().version());
    body.put("context", build.nsvc().context()).put("scratch", build.scratch());
    return body.put("state_name", state);
  }

  /** Returns its metadata. */
  Modulemd modulemd() {
    if (command.mbsId != null || command.nsvc != null) {
      return MbsModules.of(build());
    }
    Path given = command.modulemd;
    if (given == null) {
      throw new ConfigException(
          Place.at("--modulemd"), "", "a rule asks for the modulemd, give one");
    }
    return Modulemd.parse(files.bytes("--modulemd", given), Place.of(given));
  }

  private ModuleBuild build() {
    ModuleBuild known = asked;
    if (known == null) {
      known = ask();
      asked = known;
    }
    return known;
  }

  private ModuleBuild ask() {
    Mbs mbs = mbs(command.mbs);
    Long id = command.mbsId;
    if (id != null) {
      return mbs.build(id).orElseThrow(() -> unknown("module build " + id));
    }
    return find(mbs, String.valueOf(command.nsvc));
  }

  /** Returns a client of the service. */
  static Mbs mbs(URI base) {
    if (base.getHost() == null || !List.of("http", "https").contains(base.getScheme())) {
      throw new CommandException(
          ExitCode.USAGE, "--mbs must be http://HOST/... or https://HOST/...: " + base);
    }
    return new Mbs(base, TIMEOUT, InstantSource.system());
  }

  /**
   * Returns the newest build of a name.
   *
   * @throws MbsException if the service cannot be asked
   * @throws CommandException if the name is none
   * @throws ConfigException if there is no such build
   */
  static ModuleBuild find(Mbs mbs, String nsvc) {
    try {
      return mbs.builds(Nsvc.parse(nsvc)).stream()
          .findFirst()
          .orElseThrow(() -> unknown("module build " + nsvc));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--nsvc: " + e.getMessage());
    }
  }

  /** Returns what ends a command when the service cannot be asked. */
  static CommandException unreachable(MbsException e) {
    return new CommandException(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
  }

  private static ConfigException unknown(String what) {
    return new ConfigException(
        Place.at("--mbs"), "", what + " is not known to the Module Build Service");
  }

  private JsonNode message(Path given) {
    try {
      return StrictJson.parse(files.bytes("--message", given), JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new CommandException(
          ExitCode.BAD_DATA, given + ": line " + e.line() + ": " + e.getMessage());
    }
  }
}
