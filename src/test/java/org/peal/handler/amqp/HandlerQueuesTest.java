package org.peal.handler.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.Binding;
import org.peal.bus.amqp.QueueRequest;
import org.peal.bus.amqp.QueueTerms;
import org.peal.config.TestBinding;
import org.peal.message.TopicPattern;

class HandlerQueuesTest {

  private static final List<TopicPattern> TOPICS =
      List.of(TopicPattern.parse("org.example.#"), TopicPattern.parse("a.*"));

  private static List<QueueRequest> queues(String amqp, String own) {
    return HandlerQueues.of(
        TestBinding.bind(AmqpConfig.class, amqp),
        Optional.of(own).filter(n -> !n.isEmpty()),
        TOPICS);
  }

  @Test
  void of_noOwnQueue_areThoseOfTheSection() {
    String amqp = "queues: {q: {durable: true}, r: {}}\nbindings: [{queue: q, exchange: x}]";
    assertThat(queues(amqp, ""))
        .isEqualTo(QueueRequest.of(TestBinding.bind(AmqpConfig.class, amqp)))
        .extracting(QueueRequest::name)
        .containsExactly("q", "r");
  }

  @Test
  void of_ownQueueNobodySpeaksOf_isDurableWithTheTopicsOfAllExchanges() {
    assertThat(queues("bindings: [{exchange: amq.topic}, {exchange: zmq.topic}]", "mine"))
        .singleElement()
        .isEqualTo(
            new QueueRequest(
                "mine",
                Optional.of(QueueTerms.ONE_ACTIVE),
                List.of(
                    new Binding("mine", "amq.topic", List.of("org.example.#", "a.*")),
                    new Binding("mine", "zmq.topic", List.of("org.example.#", "a.*")))));
    assertThat(QueueTerms.ONE_ACTIVE.durable()).isTrue();
    assertThat(QueueTerms.ONE_ACTIVE.isKeepingOrder()).isTrue();
  }

  @Test
  void of_ownQueueOfTheSection_isAsItSays() {
    assertThat(
            queues(
                "queues: {mine: {durable: true}}\n"
                    + "bindings: [{queue: mine, exchange: x, routing-keys: [k]}]",
                "mine"))
        .singleElement()
        .satisfies(
            queue -> {
              assertThat(queue.terms().orElseThrow().isKeepingOrder()).isFalse();
              assertThat(queue.bindings()).containsExactly(new Binding("mine", "x", List.of("k")));
            });
  }

  @Test
  void of_passiveDeclares_mustExist() {
    assertThat(queues("passive-declares: true", "mine"))
        .singleElement()
        .satisfies(queue -> assertThat(queue.terms()).isEmpty());
  }
}
