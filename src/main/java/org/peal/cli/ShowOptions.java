package org.peal.cli;

import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.Delivery;
import org.peal.sentence.Sentences;
import picocli.CommandLine.Option;

/** The options of all commands that show messages: in which form, and which of the refused ones. */
final class ShowOptions {

  /** What to do with messages that fail verification. */
  enum Invalid {
    drop,
    mark,
    only
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description =
          "json: the envelope as received, one line; full: with verdict, signer, endpoint and time;"
              + " terse: one line for people; pretty: several. Default: json, or a coloured line on"
              + " a terminal.")
  MessagePrinter.@Nullable Format output;

  @Option(names = "--terse", description = "The same as --output terse.")
  boolean terse;

  @Option(names = "--pretty", description = "The same as --output pretty, with readable times.")
  boolean pretty;

  @Option(names = "--really-pretty", description = "The same as --output pretty.")
  boolean reallyPretty;

  @Option(
      names = "--query",
      paramLabel = "PATH,..",
      description = "Only the values at these dotted paths, as in msg.owner,topic.")
  @Nullable String query;

  @Option(
      names = "--invalid",
      paramLabel = "drop|mark|only",
      defaultValue = "drop",
      description = "What to do with messages that fail verification. Default: ${DEFAULT-VALUE}.")
  Invalid invalid = Invalid.drop;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never. Default: ${DEFAULT-VALUE}.")
  Colours.When color = Colours.When.auto;

  private boolean toldOfRefused;

  /** Refuses options that do not go together. */
  void check(Io io) {
    if (invalid == Invalid.mark && isPlainJson(io)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--invalid mark cannot be shown in --output json; use --output full, terse or pretty");
    }
  }

  /** Refuses to show only what fails verification where nothing is verified. */
  void check(boolean isVerifying) {
    if (invalid == Invalid.only && !isVerifying) {
      throw new CommandException(
          ExitCode.CONFIGURATION, "--invalid only needs a certificate authority: give --ca FILE");
    }
  }

  private boolean isPlainJson(Io io) {
    boolean other = terse || pretty || reallyPretty || query != null;
    return !other
        && (output == MessagePrinter.Format.json || output == null && !io.terminals().out());
  }

  /** Returns how messages are shown. */
  MessagePrinter printer(Io io, Supplier<Sentences> sentences) {
    Colours colours = Colours.choose(color, io.environment(), io.terminals().out());
    ZoneId zone = ZoneId.systemDefault();
    if (terse) {
      return MessagePrinter.terse(sentences.get());
    } else if (query != null) {
      return MessagePrinter.query(query);
    } else if (reallyPretty) {
      return MessagePrinter.pretty(colours, false, zone);
    } else if (pretty) {
      return MessagePrinter.pretty(new Colours(false), true, zone);
    } else if (output == null) {
      return io.terminals().out()
          ? MessagePrinter.line(colours, zone, sentences.get())
          : MessagePrinter.json();
    }
    return switch (output) {
      case json -> MessagePrinter.json();
      case full -> MessagePrinter.full();
      case terse -> MessagePrinter.terse(sentences.get());
      case pretty -> MessagePrinter.pretty(colours, false, zone);
    };
  }

  /**
   * Tells whether a message is to be shown, going by its verdict. Whoever waits for messages in
   * vain should learn why, but not once for each of them: so the first that is dropped is told of.
   */
  boolean wants(Delivery delivery, Consumer<String> say) {
    if (!delivery.isInvalid()) {
      return invalid != Invalid.only;
    }
    if (invalid == Invalid.drop && !toldOfRefused) {
      toldOfRefused = true;
      say.accept(
          "messages that fail verification are not shown (--invalid mark shows them); the first: "
              + MessagePrinter.mark(delivery).strip());
    }
    return invalid != Invalid.drop;
  }
}
