package org.peal.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.peal.ExitCode;
import org.peal.bus.Origin;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.RecordLine;
import org.peal.handler.Message;
import org.peal.handler.amqp.BrokeredMessage;
import org.peal.schema.Schemas;

/** Gets messages of fedora-messaging from an archive. Stateless. */
final class AmqpArchive {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private AmqpArchive() {}

  /**
   * Returns a message as it is to be published again, under the same id.
   *
   * @throws CommandException if the archive does not give it
   */
  static AmqpMessage message(String url, String id, Schemas schemas) throws InterruptedException {
    URI address = address(url, id);
    try {
      return RecordLine.read(Archive.fetch(address, id, PATIENCE, () -> {}), schemas);
    } catch (CommandException e) {
      throw new CommandException(ExitCode.NEGATIVE, e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.NEGATIVE, "the archive's answer is no message: " + e.getMessage());
    }
  }

  private static URI address(String url, String id) {
    try {
      URI address =
          URI.create(
              url.replaceFirst("/+$", "")
                  + "/v2/id?id="
                  + URLEncoder.encode(id, StandardCharsets.UTF_8)
                  + "&is_raw=true");
      HttpRequest.newBuilder(address); // makes the same checks as the request later
      return address;
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "--datagrepper-url must look like https://host/path: \"" + url + "\"");
    }
  }

  /**
   * Returns a message as a handler sees it.
   *
   * @throws CommandException if the archive does not give it
   */
  static Message forHandler(String url, Schemas schemas, String id) throws InterruptedException {
    return BrokeredMessage.of(message(url, id, schemas), new Origin("archive", url))
        .orElseThrow(
            () -> new CommandException(ExitCode.NEGATIVE, "the archive's message has no topic"));
  }

  /** Prints a message as {@code consume} does. */
  static ExitCode print(AmqpCommand command, AmqpConfig config, String id)
      throws InterruptedException {
    Output out = new Output(command.io.out());
    out.line(RecordLine.write(message(command.datagrepperUrl, id, config.readSchemas())));
    out.flush();
    return ExitCode.OK;
  }
}
