package org.peal.store;

import java.time.Duration;

/**
 * A lease as its holder had it when it was taken. Immutable.
 *
 * @param name what it is for
 * @param holder who took it; no two processes have the same
 * @param number the fencing number: each time the lease is taken it is one more
 * @param duration how long it lasts after each renewal
 */
public record Fence(String name, String holder, long number, Duration duration) {}
