package org.peal.handler.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.peal.handler.Handler;
import org.peal.handler.HandlerContext;
import org.peal.handler.Message;
import org.peal.handler.MessageJson;
import org.peal.handler.Outcome;
import org.peal.message.TopicPattern;

/**
 * Adds each message to a file. A message that is handed over again is not added when the file ends
 * with it.
 */
final class LogHandler implements Handler {

  private static final byte[] END_OF_LINE = {'\n'};

  private final Path file;

  LogHandler(Path file) {
    this.file = file;
  }

  @Override
  public List<TopicPattern> topics() {
    return List.of(TopicPattern.parse("#"));
  }

  @Override
  public Outcome handle(Message message, HandlerContext context) throws IOException {
    byte[] line = (MessageJson.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
    if (context.isDryRun()) {
      context.explain("dry run, not written: " + line.length + " bytes to " + file);
      return new Outcome.Done();
    }
    if (context.isRedelivered() && endsWith(line)) {
      context.explain("the file ends with it already");
      return new Outcome.Done();
    }
    if (context.isRedelivered() && Files.isRegularFile(file) && !endsWith(END_OF_LINE)) {
      // Only a part of it was written before a sudden end: that must not spoil what follows.
      append(END_OF_LINE);
    }
    append(line);
    context.explain("written to " + file);
    return new Outcome.Done();
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private boolean endsWith(byte[] line) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) < line.length) {
      return false;
    }
    ByteBuffer end = ByteBuffer.allocate(line.length);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(channel.size() - line.length);
      // A read may give less than was asked for.
      int read = 0;
      while (end.hasRemaining() && read >= 0) {
        read = channel.read(end);
      }
    }
    return Arrays.equals(end.array(), line);
  }
}
