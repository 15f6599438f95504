package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Exclusive;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** One machine, nothing configured: the default ports on loopback. */
@Exclusive
class ZeroConfigurationIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @Test
  void shouldWorkWithoutAnyConfiguration() {
    for (int port : List.of(2001, 4001, 9940)) {
      assumeTrue(isFree(port), "port " + port + " is in use on this machine");
    }
    Site site = new Site(folder, processes);
    PealProcess relay = site.start("relay");
    assertThat(relay.awaitListening(2))
        .containsExactly("tcp://127.0.0.1:2001", "tcp://127.0.0.1:4001");
    PealProcess gateway = site.start("gateway");
    assertThat(gateway.awaitListening()).isEqualTo("tcp://127.0.0.1:9940");
    PealProcess tail = site.start("tail");
    PealProcess outside =
        site.start("tail", "--connect", "tcp://127.0.0.1:9940", "--query", "msg.log");
    gateway.awaitErr("connected to tcp://127.0.0.1:4001 (relay_outbound)");
    tail.awaitErr("connected to tcp://127.0.0.1:4001 (relay_outbound)");
    outside.awaitErr("connected to tcp://127.0.0.1:9940");
    site.run("", "logger", "--message", "hi").assertExit(0);
    tail.awaitOut("\"log\":\"hi\"");
    outside.awaitOut("hi");
    PealProcess second = site.run("", "relay");
    second.assertExit(73);
    assertThat(second.err()).last().asString().contains("in use");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
