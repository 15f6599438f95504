package org.peal.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.peal.PealException;
import org.peal.bus.Delivery;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Verdict;
import org.peal.message.PealHeaders;

/**
 * Do we sign with keys that some peer does not know?
 *
 * <p>Nobody tells what he accepts, and who only listens cannot be seen. But who listens nearly
 * always publishes too: a signer whose valid messages have no header of Peal, and an RSA key, may
 * be a node of fedmsg. That is known of the messages that were heard, not of all.
 */
final class OldReceiversCheck implements Check {

  @Override
  public String what() {
    return "old receivers";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    List<String> elliptic = ellipticPairs(patient);
    if (elliptic.isEmpty()) {
      return;
    }
    String own = String.join(", ", elliptic);
    Set<String> old = oldSigners(patient.bus().observe(patient).samples());
    if (old.isEmpty()) {
      findings.ok("none was heard that would refuse " + own);
    } else {
      findings.warn(
          "%s signs as nodes of fedmsg do, which refuse what %s sign"
              .formatted(String.join(", ", old), own),
          "if it is one and should hear us, give this host RSA keys (\"peal certs issue --key-type"
              + " rsa NAME\") and set crypto.elliptic to accept; a node of Peal that does not keep"
              + " what it publishes looks the same: ignore this then");
    }
  }

  /** Returns our own pairs that fedmsg does not know, each with its kind. */
  private static List<String> ellipticPairs(Patient patient) {
    CryptoConfig crypto = patient.config().crypto();
    List<String> found = new ArrayList<>();
    if (crypto.elliptic().isMade()) {
      OwnPairs.of(patient)
          .ifPresent(
              pairs ->
                  pairs.own().stream()
                      .map(name -> described(pairs, name))
                      .filter(text -> !text.isEmpty())
                      .forEach(found::add));
    }
    return found;
  }

  private static String described(OwnPairs pairs, String name) {
    try {
      KeyKind kind = pairs.pair(name).load().kind();
      return kind.isElliptic() ? name + " (" + kind.title() + ")" : "";
    } catch (PealException e) {
      return ""; // another check says so
    }
  }

  private static Set<String> oldSigners(List<Delivery> samples) {
    TreeMap<String, Boolean> isNew = new TreeMap<>();
    for (Delivery message : samples) {
      if (message.verdict().orElse(null) instanceof Verdict.Valid valid) {
        isNew.merge(valid.signer(), isOfPeal(message, valid), Boolean::logicalOr);
      }
    }
    Set<String> old = new TreeSet<>(isNew.keySet());
    old.removeIf(isNew::get);
    return old;
  }

  private static boolean isOfPeal(Delivery message, Verdict.Valid valid) {
    return valid.key().filter(KeyKind::isElliptic).isPresent()
        || message.tree().map(OldReceiversCheck::hasHeaderOfPeal).orElse(false);
  }

  private static boolean hasHeaderOfPeal(JsonNode message) {
    return message.path(PealHeaders.FIELD).properties().stream()
        .anyMatch(header -> header.getKey().startsWith(PealHeaders.PREFIX));
  }
}
