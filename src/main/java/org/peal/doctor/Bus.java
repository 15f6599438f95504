package org.peal.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.PealException;
import org.peal.bus.Delivery;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verifier;
import org.peal.endpoint.EndpointCensus;
import org.peal.node.EndpointState;
import org.peal.node.EndpointSurvey;
import org.peal.node.PealConfig;
import org.peal.node.Trust;

/** Listens to the bus once for all checks that want to know. Thread-safe. */
public final class Bus {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int SAMPLES = 20;

  private final Function<PealConfig, ZmqTransport> open;
  private final Duration patience;
  private @Nullable Observation seen;

  /**
   * What was seen. Immutable.
   *
   * @param samples the first messages, verified if there is something to trust
   */
  record Observation(
      EndpointCensus census, List<EndpointState> states, List<Delivery> samples, Instant at) {}

  /**
   * Makes a bus to which nobody listens yet.
   *
   * @param open opens a running transport
   * @param patience how long to wait for all publishers and a message
   */
  public Bus(Function<PealConfig, ZmqTransport> open, Duration patience) {
    this.open = open;
    this.patience = patience;
  }

  /** Returns how long a message is waited for. */
  Duration patience() {
    return patience;
  }

  /** Returns what is seen, and listens for it at the first call. */
  synchronized Observation observe(Patient patient) throws InterruptedException {
    Observation result = seen;
    if (result == null) {
      result = listen(patient);
      seen = result;
    }
    return result;
  }

  private Observation listen(Patient patient) throws InterruptedException {
    PealConfig config = patient.config();
    InstantSource clock = InstantSource.system();
    EndpointCensus census = EndpointCensus.take(patient.endpointFiles(), config.dns());
    List<Delivery> samples = new ArrayList<>();
    Semaphore heard = new Semaphore(0);
    try (ZmqTransport transport = open.apply(config);
        EndpointSurvey survey =
            new EndpointSurvey(
                transport,
                verifier(config),
                census.endpoints(),
                clock,
                delivery -> {
                  keep(samples, delivery);
                  heard.release();
                })) {
      long end = System.nanoTime() + patience.toNanos();
      while (System.nanoTime() < end && !isEnough(survey.states(), samples)) {
        heard.drainPermits();
        heard.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      }
      return new Observation(census, survey.states(), copy(samples), clock.instant());
    }
  }

  /** Whoever has nothing good to trust hears of that from another check. */
  private static Optional<Verifier> verifier(PealConfig config) {
    try {
      return Trust.verifier(config.crypto());
    } catch (PealException e) {
      return Optional.empty();
    }
  }

  private static void keep(List<Delivery> samples, Delivery delivery) {
    synchronized (samples) {
      if (samples.size() < SAMPLES) {
        samples.add(delivery);
      }
    }
  }

  private static List<Delivery> copy(List<Delivery> samples) {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  private static boolean isEnough(List<EndpointState> states, List<Delivery> samples) {
    boolean all = states.stream().allMatch(state -> state.problem().isEmpty());
    return all && (states.isEmpty() || !copy(samples).isEmpty());
  }
}
