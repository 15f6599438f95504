package org.peal.system.faults;

import java.time.Duration;
import java.util.Random;

/**
 * How much of the fault campaign runs, and with which dice. Used by one thread.
 *
 * <p>{@code -Dpeal.faults.seed=N} repeats a run as far as processes can be repeated; {@code
 * -Dpeal.faults.scale=1} runs all of it, the default is a tenth.
 */
final class Campaign {

  private static final double TENTH = 0.1;

  private final String name;
  private final long seed;
  private final double scale;
  private final Random random;
  private final long start = System.nanoTime();

  private Campaign(String name, long seed, double scale) {
    this.name = name;
    this.seed = seed;
    this.scale = scale;
    this.random = new Random(seed);
  }

  /** Starts a scenario and prints its seed. */
  static Campaign start(String name) {
    long seed = Long.getLong("peal.faults.seed", new Random().nextLong());
    double scale = Double.parseDouble(System.getProperty("peal.faults.scale", "" + TENTH));
    Campaign campaign = new Campaign(name, seed, scale);
    campaign.say("seed %d, scale %s".formatted(seed, scale));
    return campaign;
  }

  /** Returns as many of what the whole campaign has as this run has, at least 1. */
  int scaled(int whole) {
    return (int) Math.max(1, Math.round(whole * scale));
  }

  Random random() {
    return random;
  }

  /** Returns a number that only the seed decides. */
  long derived() {
    return random.nextLong();
  }

  /** Tells how far it is. */
  void progress(int done, int all) {
    if (done % Math.max(1, all / 10) == 0) {
      say("%d of %d".formatted(done, all));
    }
  }

  void say(String text) {
    Duration since = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf("faults %s [%d s]: %s%n", name, since.toSeconds(), text);
  }

  /** Returns what failures begin with. */
  @Override
  public String toString() {
    return "faults %s, -Dpeal.faults.seed=%d -Dpeal.faults.scale=%s".formatted(name, seed, scale);
  }
}
