package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfirmWindowTest {

  private final ConfirmWindow window = new ConfirmWindow();

  private void add(String... ids) {
    for (String id : ids) {
      window.add(pending(id, Long.MAX_VALUE));
    }
  }

  private static Pending pending(String id, long deadline) {
    return new Pending(
        EncodedMessage.of(
            new AmqpMessage(
                "t",
                Optional.of(id),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                Optional.empty(),
                Optional.empty())),
        deadline);
  }

  /** Sends all that may be sent, under numbers from one on; returns their ids. */
  private List<String> sendAll() {
    List<String> sent = new ArrayList<>();
    long number = 1;
    for (Optional<Pending> next = window.send(number);
        next.isPresent();
        next = window.send(number)) {
      sent.add(next.get().id.value());
      number++;
    }
    return sent;
  }

  private static List<String> ids(List<Pending> messages) {
    return messages.stream().map(pending -> pending.id.value()).toList();
  }

  @Test
  void answered_severalAtOnce_areAllUpToTheNumber() {
    add("a", "b", "c");
    assertThat(sendAll()).containsExactly("a", "b", "c");

    assertThat(ids(window.answered(2, true))).containsExactly("a", "b");
    assertThat(ids(window.answered(2, true))).isEmpty();
    assertThat(ids(window.answered(3, false))).containsExactly("c");
  }

  @Test
  void channelClosed_connectionLost_sendsAllAgainBeforeWhatWaits() {
    add("a", "b");
    sendAll();
    add("c");

    assertThat(window.channelClosed(false)).isEmpty();

    assertThat(sendAll()).containsExactly("a", "b", "c");
    assertThat(window.repeated()).isEqualTo(2);
  }

  @Test
  void channelClosed_becauseOfOneOfSeveral_findsTheCulpritAndSparesTheOthers() {
    add("good", "bad", "fine");
    sendAll();
    assertThat(window.channelClosed(true)).isEmpty();

    assertThat(sendAll()).containsExactly("good");
    assertThat(ids(window.answered(1, false))).containsExactly("good");
    assertThat(sendAll()).containsExactly("bad");
    assertThat(window.channelClosed(true).map(pending -> pending.id.value())).contains("bad");

    assertThat(sendAll()).containsExactly("fine");
    assertThat(ids(window.answered(1, false))).containsExactly("fine");
    add("x", "y");
    assertThat(sendAll()).containsExactly("x", "y");
  }

  @Test
  void notSent_message_isTheNextOne() {
    add("a", "b");
    Pending first = window.send(1).orElseThrow();

    window.notSent(1, first);
    window.notSent(1, first);

    assertThat(sendAll()).containsExactly("a", "b");
  }

  @Test
  void expired_messages_areNeitherSentNorAnsweredAgain() {
    window.add(pending("sent", 10));
    sendAll();
    window.add(pending("waiting", 10));
    add("later");

    assertThat(ids(window.expired(11))).containsExactlyInAnyOrder("sent", "waiting");

    assertThat(ids(window.answered(1, false))).isEmpty();
    assertThat(window.channelClosed(false)).isEmpty();
    assertThat(sendAll()).containsExactly("later");
  }

  @Test
  void returned_message_isMarkedUntilItIsSentAgain() {
    add("a", "b");
    sendAll();

    window.returned("b");

    assertThat(window.answered(1, false).get(0).isReturned).isFalse();
    assertThat(window.answered(2, false).get(0).isReturned).isTrue();
  }
}
