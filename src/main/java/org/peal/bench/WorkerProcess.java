package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/**
 * The side of a worker process: reads orders, a JSON text in each line, and answers each with one.
 * It ends with its input, or, in the middle of an order, with whoever started it.
 */
public final class WorkerProcess {

  private static final int ORPHANED = 1;

  private interface Maker {
    Role make(JsonNode terms) throws Exception;
  }

  private static final Map<String, Maker> ROLES =
      Map.ofEntries(
          Map.entry("bare-sender", BareSender::new),
          Map.entry("bare-receiver", BareReceiver::new),
          Map.entry("bare-forwarder", BareForwarder::new),
          Map.entry("bare-verifier", BareVerifier::new),
          Map.entry("wire-subscribers", WireSubscribers::new),
          Map.entry("silent", SilentPublishers::new),
          Map.entry("limits", MachineLimits::new),
          Map.entry("receiver", PealReceiver::new),
          Map.entry("forwarder", PealForwarder::new),
          Map.entry("node", NodeUnderTest::new),
          Map.entry("submitter", Submitter::new),
          Map.entry("bare-amqp", BareAmqp::new),
          Map.entry("amqp-publisher", PealAmqp::new),
          Map.entry("bridge", BridgeUnderTest::new),
          Map.entry("durable", DurableReader::new),
          Map.entry("module-services", ModuleServices::new),
          Map.entry("tagging-node", TaggingNode::new));

  private WorkerProcess() {}

  /**
   * Plays a role until the input ends.
   *
   * @param role one of those above
   * @param terms a JSON object with what the role needs to know
   * @return whether there is such a role
   */
  public static boolean run(String role, String terms, InputStream in, OutputStream out)
      throws Exception {
    Maker maker = ROLES.get(role);
    if (maker == null) {
      return false;
    }
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(ORPHANED)));
    try (Role played = maker.make(parse(terms));
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      write(out, played.greeting());
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        write(out, answer(played, parse(line)));
      }
    }
    return true;
  }

  private static ObjectNode answer(Role role, JsonNode order) {
    try {
      return role.carryOut(order);
    } catch (Exception e) {
      return Answers.done().put("error", String.valueOf(e));
    }
  }

  private static JsonNode parse(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  private static void write(OutputStream out, ObjectNode answer) throws IOException {
    out.write(CanonicalJson.write(answer));
    out.write('\n');
    out.flush();
  }
}
