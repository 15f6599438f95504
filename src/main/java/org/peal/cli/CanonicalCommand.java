package org.peal.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal canonical}: JSON texts in, canonical texts out. */
@Command(
    name = "peal canonical",
    sortOptions = false,
    description =
        "Write each JSON text of the input in canonical form, the form that is signed, one a line."
            + " A text that is not JSON gives a line \"error: ..\".",
    footer = {
      "",
      "Exit status: 0; 65 a text failed; 66 the file is missing.",
      "",
      "Examples:",
      "  echo '{\"b\": 1.0, \"a\": 2}' | peal canonical",
      "  peal canonical messages.jsonl"
    })
final class CanonicalCommand extends PealCommand {

  @Option(names = "-0", description = "Texts end with NUL instead of a newline.")
  boolean nul;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The input; default: standard input.")
  @Nullable Path file;

  CanonicalCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal canonical";
  }

  @Override
  ExitCode run() throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    new TextStream(new Output(io.out()))
        .run(TextStream.open(this, file), terminator(nul), text -> answer(text, failed));
    return failed.get() ? ExitCode.BAD_DATA : ExitCode.OK;
  }

  static byte terminator(boolean nul) {
    return (byte) (nul ? 0 : '\n');
  }

  private static byte[] answer(byte[] text, AtomicBoolean failed) {
    try {
      return CanonicalJson.write(StrictJson.parse(text, JsonLimits.DEFAULT));
    } catch (MalformedJsonException e) {
      failed.set(true);
      return errorLine(e.getMessage() + (e.column() < 1 ? "" : ", column " + e.column()));
    }
  }

  /** Returns the line that stands for a text that failed. */
  static byte[] errorLine(String problem) {
    return ("error: " + SafeText.line(problem, 500)).getBytes(StandardCharsets.UTF_8);
  }
}
