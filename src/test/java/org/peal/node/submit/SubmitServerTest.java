package org.peal.node.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.Deadline;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.message.Topic;

/** The protocol of {@code docs/wire-format.md}, section 9, with raw lines and with the client. */
class SubmitServerTest {

  private static final SubmitLimits LIMITS = new SubmitLimits(2, 500, 4, Duration.ofMillis(500));

  @TempDir Path folder;
  private final List<Draft> taken = new CopyOnWriteArrayList<>();
  private final AtomicBoolean hasRoom = new AtomicBoolean(true);
  private SubmitServer server;

  @BeforeEach
  void start() throws IOException {
    server = new SubmitServer(folder.resolve("s"), LIMITS, this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Optional<CompletionStage<Published>> take(Draft draft) {
    if (!hasRoom.get()) {
      return Optional.empty();
    }
    taken.add(draft);
    if (draft.topic().value().equals("no")) {
      return Optional.of(
          CompletableFuture.failedFuture(
              new PublishException(PublishException.Kind.FULL, "too many", null)));
    }
    MessageId id = draft.id().orElse(new MessageId("new"));
    return Optional.of(
        CompletableFuture.completedFuture(new Published(id, OptionalLong.of(taken.size()))));
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(server.path()));
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static BufferedReader reader(SocketChannel channel) {
    return new BufferedReader(Channels.newReader(channel, UTF_8));
  }

  @Test
  void lines_goodAndBad_eachHasItsAnswer() throws IOException {
    try (SocketChannel channel = connect()) {
      write(
          channel,
          """
          {"n":7,"topic":"a.b","msg":{"x":1},"msg_id":"2026-x","headers":{"h":"v"},"more":1}
          nonsense
          [1]
          {"n":8,"msg":{}}
          {"n":9,"topic":"a","msg":{},"headers":{"h":1}}
          {"n":10,"topic":"no","msg":{}}
          """);
      channel.shutdownOutput();
      List<String> answers = reader(channel).lines().sorted().toList();
      assertThat(answers).hasSize(6);
      assertThat(answers)
          .contains("{\"msg_id\":\"2026-x\",\"n\":7,\"seq_id\":1}")
          .contains("{\"error\":\"too many\",\"kind\":\"full\",\"n\":10,\"retry\":true}");
      assertThat(answers.stream().filter(a -> a.contains("malformed") && a.contains("false")))
          .hasSize(4);
    }
    assertThat(taken.get(0).headers().path("h").textValue()).isEqualTo("v");
    assertThat(taken).hasSize(2);
  }

  @Test
  void line_tooLong_isRefusedBeforeItsEndAndTheClientIsDropped() throws IOException {
    try (SocketChannel channel = connect()) {
      write(channel, "{\"topic\":\"" + "x".repeat(600));
      assertThat(reader(channel).lines()).singleElement().asString().contains("500 bytes");
    }
  }

  @Test
  void client_noRoom_waitsWithoutHoldingUpTheServer() throws Exception {
    hasRoom.set(false);
    try (SubmitClient client = SubmitClient.connect(server.path())) {
      CompletionStage<Answer> asked = client.submit(Draft.of(new Topic("a"), taskBody()));
      try (SocketChannel other = connect()) {
        write(other, "x\n");
        assertThat(reader(other).readLine()).contains("malformed");
      }
      assertThat(asked.toCompletableFuture()).isNotDone();
      hasRoom.set(true);
      assertThat(asked.toCompletableFuture().get(60, TimeUnit.SECONDS))
          .isInstanceOf(Answer.Accepted.class);
    }
  }

  private static com.fasterxml.jackson.databind.JsonNode taskBody() {
    return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
  }

  @Test
  void clients_tooMany_areTurnedAway() throws IOException {
    try (SocketChannel one = connect();
        SocketChannel two = connect()) {
      write(one, "x\n");
      write(two, "x\n");
      assertThat(reader(one).readLine()).isNotNull();
      assertThat(reader(two).readLine()).isNotNull();
      try (SocketChannel three = connect()) {
        assertThat(reader(three).readLine()).isNull();
      }
    }
  }

  @Test
  void client_thatReadsNothing_isDropped() throws IOException {
    try (SocketChannel channel = connect()) {
      channel.configureBlocking(false);
      ByteBuffer many = ByteBuffer.wrap("{}\n".repeat(1000).getBytes(UTF_8));
      await()
          .until(
              () -> {
                try {
                  channel.write(many.duplicate());
                } catch (IOException e) {
                  return true;
                }
                return server.turnedAway() > 0;
              });
    }
    await().until(() -> server.turnedAway() > 0);
  }

  @Test
  void client_serverEnds_openDraftsFail() throws Exception {
    hasRoom.set(false);
    try (SubmitClient client = SubmitClient.connect(server.path())) {
      CompletionStage<Answer> asked = client.submit(Draft.of(new Topic("a"), taskBody()));
      server.drain(Deadline.after(Duration.ofSeconds(60)));
      server.close();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> asked.toCompletableFuture().get(60, TimeUnit.SECONDS))
          .withCauseInstanceOf(IOException.class);
    }
    assertThat(Files.exists(server.path())).isFalse();
  }

  @Test
  void start_whereAnotherListens_fails() {
    SubmitServer second = new SubmitServer(server.path(), LIMITS, this::take);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(second::start)
        .withMessageContaining("in use");
    second.close();
    assertThat(Files.exists(server.path())).isTrue();
  }
}
