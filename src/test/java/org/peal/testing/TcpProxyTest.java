package org.peal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peal.testing.TcpProxy.Trouble;

class TcpProxyTest {

  private static final byte[] TEXT = new byte[50_000];

  private ServerSocket server;
  private TcpProxy proxy;
  private Socket client;
  private Socket peer;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    proxy = new TcpProxy(server.getLocalPort(), 1);
    connect();
  }

  private void connect() throws IOException {
    client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(60_000);
  }

  private void accept() throws IOException {
    peer = server.accept();
    peer.setSoTimeout(60_000);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
    client.close();
  }

  private byte[] passed() throws IOException {
    peer.getOutputStream().write(TEXT);
    return client.getInputStream().readNBytes(TEXT.length);
  }

  @Test
  void shouldPassAllOnBothWays() throws IOException {
    accept();
    assertThat(passed()).isEqualTo(TEXT);
    client.getOutputStream().write(7);
    assertThat(peer.getInputStream().read()).isEqualTo(7);
    client.close();
    assertThat(peer.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void shouldBreakConnections() throws IOException {
    accept();
    proxy.set(Trouble.CUT);
    assertThat(isOver(client)).isTrue();
    connect();
    assertThat(isOver(client)).isTrue();
    proxy.set(Trouble.NONE);
    connect();
    accept();
    assertThat(passed()).isEqualTo(TEXT);
  }

  private static boolean isOver(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void shouldPassAllLateAndSlowly() throws IOException {
    accept();
    proxy.set(Trouble.DELAY);
    assertThat(passed()).isEqualTo(TEXT);
    proxy.set(Trouble.THROTTLE);
    assertThat(passed()).isEqualTo(TEXT);
  }

  @Test
  void shouldSwallowWithoutClosing() throws IOException {
    accept();
    proxy.set(Trouble.HALF_OPEN);
    peer.getOutputStream().write(TEXT);
    await().until(() -> proxy.swallowed() == TEXT.length);
    proxy.set(Trouble.NONE);
    peer.getOutputStream().write(TEXT);
    await().until(() -> proxy.swallowed() == 2 * TEXT.length);
    assertThat(client.getInputStream().available()).isZero();
    connect();
    accept();
    assertThat(passed()).isEqualTo(TEXT);
  }

  @Test
  void shouldChangeBitsAndCountThem() throws IOException {
    accept();
    proxy.set(Trouble.CORRUPT);
    int changed = 0;
    while (changed == 0) {
      byte[] got = passed();
      assertThat(got).hasSameSizeAs(TEXT);
      changed = Arrays.equals(got, TEXT) ? 0 : 1;
    }
    assertThat(proxy.changedBits()).isPositive();
  }
}
