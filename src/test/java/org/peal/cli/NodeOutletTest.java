package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.node.submit.SubmitLimits;
import org.peal.node.submit.SubmitServer;

/** The logger and a node that answers as the test wants. */
class NodeOutletTest {

  private static final int COUNT = 10;

  @TempDir Path folder;
  private final List<Draft> taken = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Published>> answers = new CopyOnWriteArrayList<>();
  private SubmitServer node;

  @BeforeEach
  void start() throws IOException {
    Path socket = folder.resolve("s");
    Files.writeString(folder.resolve("peal.yaml"), "node: {submit: \"" + socket + "\"}\n");
    node = new SubmitServer(socket, SubmitLimits.of(1_000_000), this::take);
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** Answers when it has all: has no room for the first, and accepts the others after that. */
  private synchronized Optional<CompletionStage<Published>> take(Draft draft) {
    CompletableFuture<Published> answer = new CompletableFuture<>();
    taken.add(draft);
    answers.add(answer);
    if (taken.size() == COUNT) {
      answers
          .get(0)
          .completeExceptionally(
              new PublishException(PublishException.Kind.FULL, "too many", null));
      for (int i = 1; i < COUNT; i++) {
        answers.get(i).complete(new Published(taken.get(i).id().orElseThrow(), OptionalLong.of(i)));
      }
    }
    return Optional.of(answer);
  }

  private InProcess.Result log(String... more) {
    String lines = "line\n".repeat(COUNT);
    List<String> args =
        new ArrayList<>(List.of("logger", "--config", "peal.yaml", "--timeout", "60"));
    args.addAll(List.of(more));
    return InProcess.in(folder).input(lines).run(args.toArray(String[]::new));
  }

  @Test
  void noSpool_oneIsToBeTriedAgain_tellsOfAllThatWereAccepted() {
    InProcess.Result result = log("--no-spool", "--print");
    assertThat(result.status()).isEqualTo(75);
    assertThat(result.out().lines()).containsExactlyElementsOf(ids(1));
    assertThat(result.err()).contains("message not accepted and not kept: ").contains("too many");
  }

  @Test
  void spool_oneIsToBeTriedAgain_queuesOnlyThatOne() {
    InProcess.Result result = log("--print");
    assertThat(result.status()).isZero();
    assertThat(result.out().lines()).containsExactlyElementsOf(ids(1));
    assertThat(result.err()).contains("queued " + id(0) + ", not yet accepted: ");
  }

  private List<String> ids(int from) {
    return taken.subList(from, COUNT).stream()
        .map(draft -> draft.id().orElseThrow().value())
        .toList();
  }

  private String id(int index) {
    return taken.get(index).id().orElseThrow().value();
  }
}
