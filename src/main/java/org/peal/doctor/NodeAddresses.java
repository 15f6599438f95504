package org.peal.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.endpoint.Endpoint;
import org.peal.node.PealConfig;

/** Where the node of a patient listens by its own word, if it runs. For one thread. */
final class NodeAddresses {

  private static final String TCP = "tcp://";

  private final Patient patient;
  private @Nullable Set<Endpoint> addresses;

  NodeAddresses(Patient patient) {
    this.patient = patient;
  }

  /** Tells whether it listens on an address; asks it at the first call. */
  boolean listensOn(Endpoint address) throws InterruptedException {
    Set<Endpoint> known = addresses;
    if (known == null) {
      known = ask();
      addresses = known;
    }
    return known.contains(address.forConnecting());
  }

  private Set<Endpoint> ask() throws InterruptedException {
    PealConfig config = patient.config();
    String name = config.node().nameOn(patient.machine().host());
    Optional<JsonNode> status = patient.node().ask(config);
    if (status.filter(told -> told.path("name").asText().equals(name)).isEmpty()) {
      return Set.of();
    }
    Set<Endpoint> found = new HashSet<>();
    // It answers there.
    found.add(config.status().where().forConnecting());
    for (JsonNode part : status.get().path("parts")) {
      part.path("listening").forEach(entry -> address(entry.asText()).ifPresent(found::add));
    }
    return found;
  }

  /** Reads an entry such as {@code tcp://127.0.0.1:2001 (in)}; others are no ports. */
  private static Optional<Endpoint> address(String entry) {
    try {
      return entry.startsWith(TCP)
          ? Optional.of(Endpoint.parse(entry.split(" ", 2)[0]).forConnecting())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
