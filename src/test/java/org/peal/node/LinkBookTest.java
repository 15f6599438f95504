package org.peal.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

class LinkBookTest {

  private static final String ONE = "tcp://192.0.2.1:3000";
  private static final String TWO = "tcp://192.0.2.2:3000";

  private final LinkBook book = new LinkBook();

  private static RawMessage from(String address) {
    return new RawMessage(
        new Origin("x", address), new byte[] {'t'}, new byte[] {'{', '}'}, Instant.EPOCH);
  }

  private void valid(String address, String json) {
    book.add(
        Passage.unchanged(
            from(address),
            Optional.of(StrictJson.parse(json.getBytes(UTF_8), JsonLimits.DEFAULT))));
  }

  private void refused(String address, Reason reason) {
    book.add(Passage.refused(from(address), new Verdict.Invalid(reason, "planted")));
  }

  @Test
  void facts_refusals_areCountedByPublisherAndReason() {
    refused(ONE, Reason.UNSIGNED);
    refused(ONE, Reason.UNSIGNED);
    refused(ONE, Reason.REVOKED);
    refused(TWO, Reason.UNSIGNED);
    assertThat(book.facts())
        .isEqualTo(
            Map.of(
                ONE,
                new LinkFacts(Map.of(Reason.UNSIGNED, 2L, Reason.REVOKED, 1L), Optional.empty()),
                TWO,
                new LinkFacts(Map.of(Reason.UNSIGNED, 1L), Optional.empty())));
  }

  @Test
  void facts_numbers_areThoseOfTheLatestValidMessage() {
    valid(ONE, "{}");
    valid(TWO, "{\"seq_id\":7}");
    refused(TWO, Reason.UNSIGNED);
    assertThat(book.facts().get(ONE).isNumbered()).contains(false);
    assertThat(book.facts().get(TWO).isNumbered()).contains(true);
    valid(ONE, "{\"seq_id\":1}");
    valid(TWO, "{\"seq_id\":\"1\"}");
    assertThat(book.facts().get(ONE).isNumbered()).contains(true);
    assertThat(book.facts().get(TWO).isNumbered()).contains(false);
  }
}
