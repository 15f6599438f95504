package org.peal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.OrderedPipeline;
import org.peal.json.JsonLimits;

/**
 * Runs a function over all texts of a stream on all cores and prints the answers in order, one a
 * line. What is under way is bounded by its size. Used once.
 */
final class TextStream {

  private static final int BATCH = 64;
  private static final int OVERHEAD = 1024;
  private static final int UNDER_WAY = 16 << 20;

  private final Output out;

  TextStream(Output out) {
    this.out = out;
  }

  /** Answers every text of {@code in}; the texts end with {@code terminator}. */
  void run(InputStream in, byte terminator, Function<byte[], byte[]> answer) throws Exception {
    TextReader reader = new TextReader(in, terminator, JsonLimits.DEFAULT.maxBytes());
    int threads = Runtime.getRuntime().availableProcessors();
    try (OrderedPipeline<List<byte[]>, List<byte[]>> pipeline =
        new OrderedPipeline<>(
            "text",
            threads,
            UNDER_WAY,
            batch -> batch.stream().mapToInt(text -> text.length + OVERHEAD).sum(),
            batch -> batch.stream().map(answer).toList(),
            this::print,
            () -> {})) {
      pipeline.start();
      feed(reader, pipeline);
      pipeline.finish(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      Failures.rethrow(pipeline.failure());
    }
    out.flush();
  }

  private static void feed(TextReader reader, OrderedPipeline<List<byte[]>, ?> pipeline)
      throws IOException, InterruptedException {
    List<byte[]> batch;
    while (pipeline.failure() == null && (batch = reader.nextBatch(BATCH)) != null) {
      pipeline.submit(batch);
    }
  }

  private void print(List<byte[]> answers) {
    answers.forEach(out::line);
    // A slow source, such as another command in a pipe, is answered at once.
    if (answers.size() < BATCH) {
      out.flush();
    }
  }

  /** Opens what a command reads: a file, or standard input for none and for {@code -}. */
  static InputStream open(PealCommand command, java.nio.file.@Nullable Path file)
      throws IOException {
    if (file == null || file.toString().equals("-")) {
      if (command.io.terminals().in()) {
        command.say("reading from the terminal, end with Ctrl-D");
      }
      return command.io.in();
    }
    try {
      return Files.newInputStream(command.readable("input", file));
    } catch (IOException e) {
      throw new CommandException(ExitCode.NO_INPUT, "cannot read " + file + ": " + e.getMessage());
    }
  }
}
