package org.peal.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts the workers that several paths need. Stateless. */
final class PealPeers {

  private PealPeers() {}

  /** Starts a subscriber of ours that does not verify. */
  static Worker receiver(Lab lab, String address) {
    return receiver(lab, List.of(address), List.of());
  }

  static Worker receiver(Lab lab, List<String> addresses, List<String> topics) {
    return lab.start("receiver", receiverTerms(addresses, topics));
  }

  /** Starts a subscriber of ours that verifies. */
  static Worker verifyingReceiver(Lab lab, String address) {
    ObjectNode terms = receiverTerms(List.of(address), List.of());
    return lab.start("receiver", terms.put("keys", lab.keys().folder().toString()));
  }

  private static ObjectNode receiverTerms(List<String> addresses, List<String> topics) {
    ObjectNode terms = Lab.terms();
    addresses.forEach(terms.putArray("connect")::add);
    topics.forEach(terms.putArray("topics")::add);
    return terms;
  }

  /** Starts a bare publisher that others connect to. */
  static Worker bareSender(Lab lab, Path frames) {
    return lab.start(
        "bare-sender",
        Lab.terms().put("frames", frames.toString()).put("bind", "tcp://127.0.0.1:*"));
  }

  /** Starts a bare publisher that connects to somebody. */
  static Worker bareSender(Lab lab, Path frames, String address) {
    return lab.start(
        "bare-sender", Lab.terms().put("frames", frames.toString()).put("connect", address));
  }

  static Worker bareReceiver(Lab lab, String address) {
    return lab.start("bare-receiver", Lab.terms().put("connect", address));
  }

  /** Starts a bare subscriber that verifies what the lab's keys have signed. */
  static Worker bareVerifier(Lab lab, String address) {
    return lab.start(
        "bare-verifier",
        Lab.terms()
            .put("connect", address)
            .put("certificate", lab.keys().certificate().toString())
            .put("key-type", lab.kind().name()));
  }

  static Worker limits(Lab lab, String javaOptions) throws IOException {
    return lab.start(
        "limits",
        Lab.terms()
            .put("folder", lab.newFolder("limits").toString())
            .put("key-type", lab.kind().name())
            .put("frames", lab.stored().toString()),
        javaOptions);
  }
}
