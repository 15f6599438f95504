/**
 * The fault campaign: nodes and subscribers that are killed, cut off, lied to and filled up, and an
 * account of every message afterwards.
 *
 * <p>{@link org.peal.system.faults.Campaign} says how much of it runs, {@link
 * org.peal.system.faults.Feed} publishes, {@link org.peal.system.faults.Subscriber} is what
 * follows, and {@link org.peal.system.faults.Account} compares the two.
 */
@NullMarked
package org.peal.system.faults;

import org.jspecify.annotations.NullMarked;
