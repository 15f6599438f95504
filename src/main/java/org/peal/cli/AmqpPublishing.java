package org.peal.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.peal.ExitCode;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.AmqpPublisher;
import org.peal.bus.amqp.RecordLine;
import org.peal.json.JsonLimits;
import org.peal.schema.Schemas;

/** Publishes recorded messages, as the program of fedora-messaging does. Used once. */
final class AmqpPublishing {

  private final AmqpCommand command;
  private final AmqpConfig config;
  private final Output out;
  private final Schemas schemas;

  /** Answers in the order of the lines; as many as the publisher has under way. */
  private final Deque<CompletionStage<Published>> open = new ArrayDeque<>();

  AmqpPublishing(AmqpCommand command, AmqpConfig config) {
    this.command = command;
    this.config = config;
    this.schemas = config.readSchemas();
    this.out = new Output(command.io.out());
  }

  /** Publishes each line of a file; what comes before a bad line is published. */
  ExitCode file(String name) throws Exception {
    try (InputStream in = TextStream.open(command, Path.of(name));
        AmqpPublisher publisher = AmqpPublisher.startQuietly(config, schemas)) {
      TextReader reader = new TextReader(in, (byte) '\n', JsonLimits.DEFAULT.maxBytes());
      Optional<String> bad = Optional.empty();
      byte[] line;
      for (int number = 1; bad.isEmpty() && (line = reader.next()) != null; number++) {
        bad = publish(publisher, line, number);
      }
      while (!open.isEmpty()) {
        await(publisher, open.removeFirst());
      }
      bad.ifPresent(command::say);
      return bad.isPresent() ? ExitCode.USAGE : ExitCode.OK;
    }
  }

  /** Returns what is wrong with a line, if it could not be published. */
  private Optional<String> publish(AmqpPublisher publisher, byte[] line, int number) {
    AmqpMessage message;
    try {
      message = prefixed(RecordLine.read(line, schemas));
    } catch (IllegalArgumentException e) {
      return Optional.of("line " + number + ": " + e.getMessage());
    }
    out.line("Publishing message with topic " + SafeText.line(message.topic(), 300));
    out.flush();
    if (open.size() >= config.windowSize()) {
      await(publisher, open.removeFirst());
    }
    open.addLast(publisher.publish(message));
    return Optional.empty();
  }

  private AmqpMessage prefixed(AmqpMessage message) {
    return new AmqpMessage(
        config.fullTopic(message.topic()),
        message.id(),
        message.headers(),
        message.body(),
        message.priority(),
        Optional.empty());
  }

  /** Publishes a message of the archive again, without another prefix. */
  ExitCode replay(String id) throws Exception {
    AmqpMessage message = AmqpArchive.message(command.datagrepperUrl, id, schemas);
    try (AmqpPublisher publisher = AmqpPublisher.startQuietly(config, schemas)) {
      await(publisher, publisher.publish(message));
    }
    out.line("Message with ID " + SafeText.line(id, 300) + " has been successfully replayed.");
    out.flush();
    return ExitCode.OK;
  }

  private static void await(AmqpPublisher publisher, CompletionStage<Published> answer) {
    try {
      answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PublishException refused) {
        throw new CommandException(
            publisher.status().isLoginRefused() ? ExitCode.NEGATIVE : status(refused.kind()),
            refused.getMessage());
      }
      throw e;
    }
  }

  private static ExitCode status(PublishException.Kind kind) {
    return switch (kind) {
      case TIMED_OUT, FULL, CLOSED -> ExitCode.NOT_CONFIRMED;
      case MALFORMED, BROKEN, OVERTAKEN -> ExitCode.NEGATIVE;
      case FORBIDDEN, RETURNED -> ExitCode.NOT_PUBLISHED;
    };
  }
}
