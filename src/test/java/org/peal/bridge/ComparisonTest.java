package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.store.Database;
import org.peal.store.StoreConfig;

class ComparisonTest {

  private static final BridgeConfig CONFIG =
      new BridgeConfig(null, null, null, null, null, null, null);

  @TempDir Path folder;
  private Database database;
  private Comparison comparison;

  @BeforeEach
  void open() {
    database =
        Database.openWithoutLog(folder.resolve("verify.db"), StoreConfig.defaults(), Crossings.NOW);
    comparison = new Comparison(database, CONFIG, Crossings.NOW);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void seeOnZmq() {
    comparison.seen(
        BridgeVectors.delivery(Crossings.TOPIC, Crossings.envelope(), Crossings.none()));
  }

  @Test
  void compare_messageOnBothBuses_isGood() {
    seeOnZmq();
    comparison.seen(
        Crossings.passed(Crossings.toAmqp("b1", false), Crossings.envelope()), "zmq.topic");

    Comparison.Report report = comparison.compare(Duration.ZERO);

    assertThat(report.compared()).isEqualTo(1);
    assertThat(report.isGood()).isTrue();
  }

  @Test
  void compare_messageOnOneBus_isMissingAlsoAfterARestart() {
    seeOnZmq();
    close();
    open();

    Comparison.Report report = comparison.compare(Duration.ZERO);

    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.fault()).isEqualTo(Comparison.Fault.MISSING);
              assertThat(finding.direction()).isEqualTo(Direction.TO_AMQP);
              assertThat(finding.id().value()).isEqualTo(Crossings.ID);
              assertThat(finding.letter().raw(Crossings.NOW.instant())).isPresent();
            });
    assertThat(comparison.compare(Duration.ofMinutes(1)).compared()).isZero();
  }

  @Test
  void hasCrossed_messageThatWasMissing_onlyWhenItComesWithItsContent() {
    seeOnZmq();
    Comparison.Finding finding = comparison.compare(Duration.ZERO).findings().get(0);
    ObjectNode other = Crossings.envelope();
    other.set("msg", BridgeVectors.object("{\"a\": 2}"));
    comparison.seen(Crossings.passed(Crossings.toAmqp("b1", false), other), "zmq.topic");
    assertThat(comparison.hasCrossed(finding)).isFalse();

    comparison.seen(
        Crossings.passed(Crossings.toAmqp("b1", false), Crossings.envelope()), "zmq.topic");

    assertThat(comparison.hasCrossed(finding)).isTrue();
  }

  @Test
  void compare_otherBodyUnderTheId_isAltered() {
    seeOnZmq();
    ObjectNode other = Crossings.envelope();
    other.set("msg", BridgeVectors.object("{\"a\": 2}"));
    comparison.seen(Crossings.passed(Crossings.toAmqp("b1", false), other), "zmq.topic");

    assertThat(comparison.compare(Duration.ZERO).findings())
        .singleElement()
        .satisfies(f -> assertThat(f.fault()).isEqualTo(Comparison.Fault.ALTERED));
  }

  @Test
  void compare_nativeMessageOfAmqp_isExpectedOnZmqUnderItsYear() {
    AmqpMessage message =
        new AmqpMessage(
            Crossings.TOPIC,
            Optional.of("6f1d0d4e-1f1e-4c9e-9b5d-0000000000a1"),
            BridgeVectors.object("{\"sent-at\": \"2019-12-31T23:59:59+00:00\"}"),
            BridgeVectors.object("{\"a\": 1}"),
            Optional.empty(),
            Optional.empty());
    comparison.seen(message, "amq.topic");
    assertThat(comparison.compare(Duration.ZERO).isGood()).isFalse();

    comparison.seen(
        BridgeVectors.delivery(
            Crossings.TOPIC,
            Crossings.published(
                Crossings.own(Crossings.toZmq("b1", false).convert(message, "amq.topic"))),
            Crossings.none()));

    assertThat(comparison.compare(Duration.ZERO).isGood()).isTrue();
  }
}
