package org.peal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.peal.bus.Bus;
import org.peal.node.PealConfig;
import org.peal.store.PostgresConfig;
import org.peal.store.SharedDatabase;
import org.peal.store.StoreException;

/** Do nodes with the same handlers take turns, and can they? */
final class LeaseCheck implements Check {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  @Override
  public String what() {
    return "leases";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    PealConfig config = patient.config();
    List<String> everywhere = names(config, false);
    List<String> leased = names(config, true);
    if (!everywhere.isEmpty()) {
      findings.ok(
          "without a lease every node with these handlers acts: " + String.join(", ", everywhere));
    }
    if (!leased.isEmpty()) {
      look(String.join(", ", leased), config.postgresql(), findings);
    }
  }

  private static List<String> names(PealConfig config, boolean isLeased) {
    return config.handlers().entrySet().stream()
        .filter(entry -> entry.getValue().lease() == isLeased)
        .filter(entry -> entry.getValue().bus().contains(Bus.ZMQ))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static void look(String leased, PostgresConfig postgres, Findings findings) {
    if (!postgres.isSet()) {
      findings.fail(
          "no database for the leases of " + leased,
          "set postgresql.url, or handlers.NAME.lease: false");
      return;
    }
    try (SharedDatabase database = new SharedDatabase(postgres, LIMIT)) {
      database.probe();
      findings.ok(postgres.shown() + " answers, for the leases of " + leased);
    } catch (StoreException e) {
      findings.fail(
          String.valueOf(e.getMessage()),
          "start PostgreSQL, or compare postgresql.url, user and password-file with it");
    }
  }
}
