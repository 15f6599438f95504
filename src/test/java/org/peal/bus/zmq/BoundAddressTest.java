package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "127.0.0.1, 0.0.0.0, true",
    "127.0.0.1, ::ffff:127.0.0.1, true",
    "127.0.0.1, ::1, false",
    "::1, ::1, true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 127.0.0.1, false",
    "192.0.2.1, 0.0.0.0, false",
    "::, 127.0.0.1, true",
    "::, 127.3.2.1, true",
    "::, ::1, true",
    "0.0.0.0, 0.0.0.0, true",
    "::, 192.0.2.1, false",
    "::, 2001:db8::1, false",
  })
  void isReachedBy_address_tellsWhetherItLeadsHere(String bound, String target, boolean expected)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByName(target);

    assertThat(BoundAddress.of(bound, 9940).isReachedBy(address, 9940)).isEqualTo(expected);
    assertThat(BoundAddress.of(bound, 9940).isReachedBy(address, 9941)).isFalse();
  }

  @Test
  void isReachedBy_anyAddressOfTheMachine_isReachedOnTheWildcard() throws Exception {
    List<InetAddress> own =
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();

    assertThat(own)
        .isNotEmpty()
        .allMatch(address -> BoundAddress.of("::", 9940).isReachedBy(address, 9940));
  }
}
