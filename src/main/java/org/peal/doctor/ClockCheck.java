package org.peal.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.message.Envelope;
import org.peal.message.MalformedEnvelopeException;

/** Is the time of this machine that of the others? */
final class ClockCheck implements Check {

  /** More than any message takes, also one that a publisher had queued for a while. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  /** Peal is younger than that. */
  private static final Instant OLDEST = Instant.parse("2024-01-01T00:00:00Z");

  @Override
  public String what() {
    return "clock";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    Instant now = patient.machine().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    String remedy = "set the clock and keep it right: systemctl enable --now chronyd";
    if (now.isBefore(OLDEST)) {
      findings.fail("it is " + now + " here", remedy);
      return;
    }
    Bus.Observation seen = patient.bus().observe(patient);
    Duration shift = Duration.between(seen.at(), now);
    Optional<Duration> nearest =
        seen.samples().stream()
            .flatMap(message -> age(message).stream())
            .map(age -> age.plus(shift))
            .min((a, b) -> a.abs().compareTo(b.abs()));
    if (nearest.filter(age -> age.abs().compareTo(TOLERANCE) > 0).isPresent()) {
      Duration age = nearest.get();
      findings.warn(
          now
              + ", but the newest message is "
              + age.abs().toSeconds()
              + " s "
              + (age.isNegative() ? "in the future" : "old"),
          remedy + ", here and on the publisher's machine");
    } else {
      findings.ok(
          now + (nearest.isPresent() ? ", as in messages" : ", no message to compare with"));
    }
  }

  private static Optional<Duration> age(Delivery message) {
    try {
      return message
          .tree()
          .flatMap(tree -> Envelope.of(tree).timestamp())
          .map(made -> Duration.between(made, message.raw().receivedAt()));
    } catch (MalformedEnvelopeException e) {
      return Optional.empty();
    }
  }
}
