package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Delivery;
import org.peal.cli.InProcess.Result;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.filter.Filter;

class WhereTest {

  private static final String TOPIC = "org.fedoraproject.dev.logger.log";
  private static final String PAYLOAD =
      "{\"topic\": \"" + TOPIC + "\", \"msg\": {\"log\": \"hi\"}}";

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  private Where where(@Nullable String expression) {
    WhereOption option = new WhereOption();
    option.expression = expression;
    return option.compile(told::add);
  }

  private static Delivery delivery(String payload, @Nullable Verdict verdict) {
    return Samples.delivery(TOPIC, payload, verdict);
  }

  @Test
  void wants_withoutExpression_takesEverything() {
    assertThat(where(null).wants(delivery(PAYLOAD, null))).isTrue();
    assertThat(where(null).wants(delivery("nonsense", null))).isTrue();
  }

  @Test
  void wants_expression_isAskedAboutTheEnvelope() {
    assertThat(where("body.log == 'hi'").wants(delivery(PAYLOAD, null))).isTrue();
    assertThat(where("body.log == 'ho'").wants(delivery(PAYLOAD, null))).isFalse();
  }

  @Test
  void wants_whatIsNoJson_isNotMeant() {
    assertThat(where("service != 'logger'").wants(delivery("nonsense", null))).isFalse();
  }

  @Test
  void wants_signer_isThatOfAValidMessageOnly() {
    Where byAnn = where("signer == 'ann'");
    assertThat(byAnn.wants(delivery(PAYLOAD, Samples.valid("ann")))).isTrue();
    assertThat(byAnn.wants(delivery(PAYLOAD, Samples.valid("bob")))).isFalse();
    assertThat(byAnn.wants(delivery(PAYLOAD, null))).isFalse();
    assertThat(byAnn.wants(delivery(PAYLOAD, new Verdict.Invalid(Reason.UNTRUSTED, "ann"))))
        .isFalse();
  }

  @Test
  void wants_tooExpensive_isNotMeantAndToldOnce() {
    Where where = where("body matches 'b'");
    String huge =
        "{\"topic\": \"" + TOPIC + "\", \"msg\": \"" + "a".repeat(Filter.MAX_STEPS) + "\"}";
    for (int i = 0; i < 3; i++) {
      assertThat(where.wants(delivery(huge, null))).isFalse();
    }
    assertThat(told)
        .containsExactly(
            "--where takes too long on some messages, they are left out; the first one is of topic "
                + TOPIC);
    where.report();
    assertThat(told).last().isEqualTo("3 messages were too expensive for --where and left out");
  }

  @Test
  void tail_wrongExpression_exits2WithAMarkUnderThePlace() {
    Result result = InProcess.in(folder).run("tail", "--where", "servce == 'a'");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            peal tail: --where: line 1, column 1: unknown field "servce", did you mean "service"?
              servce == 'a'
              ^^^^^^
            """);
  }
}
