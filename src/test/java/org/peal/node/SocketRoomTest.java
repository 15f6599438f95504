package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointMap;

class SocketRoomTest {

  private static int beside(int endpoints, int replay) {
    Endpoint one = new Endpoint("host", 1);
    List<Endpoint> published =
        IntStream.rangeClosed(1, endpoints).mapToObj(port -> new Endpoint("host", port)).toList();
    return SocketRoom.beside(
        new EndpointMap(
            Map.of("a", published), Map.of("a", Collections.nCopies(replay, one)), List.of()));
  }

  @Test
  void fewEndpoints_leaveRoomForMany() {
    assertThat(beside(0, 0)).isEqualTo(beside(10, 0)).isGreaterThan(3 * 500);
  }

  @Test
  void manyEndpoints_eachPartMayConnectToTwiceAsMany() {
    assertThat(beside(20_000, 0)).isGreaterThan(3 * 2 * 20_000);
    assertThat(beside(20_000, 7)).isEqualTo(beside(20_000, 0) + 7);
  }
}
