package org.peal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointMapTest {

  private static final List<Endpoint> SOMEWHERE = List.of(Endpoint.parse("tcp://127.0.0.1:3000"));

  @Test
  void withoutReplay_namesAndAddresses_areThoseThatNobodyAnswersFor() {
    EndpointMap map =
        new EndpointMap(
            Map.of("git.a", SOMEWHERE, "koji.b", SOMEWHERE, "relay_inbound", SOMEWHERE),
            Map.of("git.a", SOMEWHERE),
            List.of());
    assertThat(map.withoutReplay()).containsExactly("koji.b");
  }

  @Test
  void withoutReplay_allHaveLogs_isEmpty() {
    EndpointMap map =
        new EndpointMap(Map.of("git.a", SOMEWHERE), Map.of("git.a", SOMEWHERE), List.of());
    assertThat(map.withoutReplay()).isEmpty();
  }
}
