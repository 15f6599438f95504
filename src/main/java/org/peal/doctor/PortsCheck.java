package org.peal.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.peal.endpoint.Endpoint;
import org.peal.node.ListeningAddresses;
import org.peal.node.PealConfig;

/** Could the node listen where its configuration says? */
final class PortsCheck implements Check {

  private static final String STATUS = "status.address";
  private static final String ANOTHER_STATUS = "set status.address to another port, or to none";

  private static final int PATIENCE_MILLIS = 2000;

  /** The first byte that a ZeroMQ socket sends to whoever connects. */
  private static final int ZMTP = 0xff;

  private static final int ANSWER_BYTES = 4096;

  @Override
  public String what() {
    return "port";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    Map<Endpoint, String> seen = new HashMap<>();
    NodeAddresses own = new NodeAddresses(patient);
    for (Map.Entry<String, Endpoint> each : ListeningAddresses.of(patient.config()).entrySet()) {
      String key = each.getKey();
      Endpoint address = each.getValue();
      String other = address.port() == 0 ? null : seen.put(address, key);
      if (other == null) {
        look(key, address, isNeeded(key, patient.config()), own, findings);
      } else if (!isNeeded(key, patient.config())) {
        findings.warn(
            address + " is " + other + " and the usual " + key + ": the node will run without",
            ANOTHER_STATUS);
      } else {
        findings.fail(
            address + " is both " + other + " and " + key, "give " + key + " another port");
      }
    }
  }

  /**
   * Tells whether the node ends when it cannot listen there; nobody asked for the usual address.
   */
  private static boolean isNeeded(String key, PealConfig config) {
    return !key.equals(STATUS) || config.status().address() != null;
  }

  private static void look(
      String key, Endpoint address, boolean needed, NodeAddresses own, Findings findings)
      throws InterruptedException {
    String name = address + " (" + key + ")";
    // Bound without listening: nobody can connect meanwhile.
    try (Socket probe = new Socket()) {
      probe.setReuseAddress(true);
      probe.bind(local(address));
      findings.ok(name + " is free");
    } catch (SocketException e) {
      refused(name, address, String.valueOf(e.getMessage()), needed, own, findings);
    } catch (IOException e) {
      findings.fail(name + " is no address: " + e, "correct " + key);
    }
  }

  private static InetSocketAddress local(Endpoint address) throws IOException {
    return address.host().equals("*")
        ? new InetSocketAddress(address.port())
        : new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
  }

  private static void refused(
      String name,
      Endpoint address,
      String why,
      boolean needed,
      NodeAddresses own,
      Findings findings)
      throws InterruptedException {
    String text = why.toLowerCase(Locale.ROOT);
    if (text.contains("in use") && own.listensOn(address)) {
      findings.ok(name + " is in use by this node, which runs");
    } else if (text.contains("in use") && speaksZmtp(address.forConnecting())) {
      findings.warn(
          name + " is in use by a program that speaks ZeroMQ",
          "nothing, if that is this node running; else stop the other, see ss -ltnp");
    } else if (text.contains("in use") && tellsStatus(address.forConnecting())) {
      findings.warn(
          name + " is in use by a node of Peal",
          "nothing, if that is this node running; else give one of them another status.address");
    } else if (text.contains("in use") && !needed) {
      findings.warn(
          name + " is in use by another program: the node will run without", ANOTHER_STATUS);
    } else if (text.contains("in use")) {
      findings.fail(
          name + " is in use by another program",
          "stop it (ss -ltnp shows it), or take another port");
    } else if (text.contains("denied") || text.contains("permitted")) {
      findings.fail(name + " is not permitted", "take a port from 1024 on");
    } else {
      findings.fail(
          name + " is no address of this machine", "take one that \"ip address\" shows, or *");
    }
  }

  private static boolean speaksZmtp(Endpoint address) {
    try (Socket socket = connected(address)) {
      return socket.getInputStream().read() == ZMTP;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean tellsStatus(Endpoint address) {
    try (Socket socket = connected(address)) {
      socket.getOutputStream().write("GET /version HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(ANSWER_BYTES), US_ASCII)
          .contains("\r\n\r\npeal ");
    } catch (IOException e) {
      return false;
    }
  }

  private static Socket connected(Endpoint address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
