/**
 * The seam between transports and everything above them. No transport library is seen here.
 *
 * <ul>
 *   <li>{@link org.peal.bus.RawMessage} is a message as it came off the wire, not yet looked at.
 *   <li>{@link org.peal.bus.Delivery} is the same after it was parsed and verified.
 *   <li>{@link org.peal.bus.Origin} says by which way it came.
 * </ul>
 */
@NullMarked
package org.peal.bus;

import org.jspecify.annotations.NullMarked;
