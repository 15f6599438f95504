package org.peal.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.peal.BoundedHttp;
import org.peal.ExitCode;
import org.peal.json.JsonLimits;

/** Asks an archive of messages for one. Stateless. */
final class Archive {

  private static final int HTTP_OK = 200;
  private static final int HTTP_NOT_FOUND = 404;

  private Archive() {}

  /**
   * Returns what an address gives.
   *
   * @param id the message that is asked for, for people
   * @param patience how long all of it may take
   * @param refused told when the archive answers with another status than 200
   * @throws CommandException if it gives nothing
   */
  static byte[] fetch(URI address, String id, Duration patience, Runnable refused)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("User-Agent", "peal")
            .header("Accept", "application/json")
            .build();
    HttpResponse<byte[]> answer;
    try {
      answer =
          BoundedHttp.send(
              BoundedHttp.client().build(), request, patience, JsonLimits.DEFAULT.maxBytes());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNREACHABLE, "cannot ask " + address + ": " + e.getMessage());
    }
    if (answer.statusCode() != HTTP_OK) {
      refused.run();
      throw answer.statusCode() == HTTP_NOT_FOUND
          ? new CommandException(
              ExitCode.NO_INPUT, "the archive has no message \"" + id + "\": " + address)
          : new CommandException(
              ExitCode.UNREACHABLE,
              "the archive answers with status " + answer.statusCode() + ": " + address);
    }
    return answer.body();
  }
}
