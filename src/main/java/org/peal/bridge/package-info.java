/**
 * What becomes of a message that crosses from one bus to the other; no transport in it.
 *
 * <ul>
 *   <li>{@link org.peal.bridge.ZmqToAmqp} and {@link org.peal.bridge.AmqpToZmq} turn a message of
 *       one bus into one of the other, or say why it does not cross.
 *   <li>{@link org.peal.bridge.CompatToAmqp} and {@link org.peal.bridge.CompatToZmq} do it exactly
 *       as the Python bridges do, with all that they lose.
 *   <li>{@link org.peal.bridge.Marks} are what a message carries so that no bridge takes it twice.
 *   <li>{@link org.peal.bridge.OriginEnvelope} lets the first signature be verified on the far
 *       side.
 *   <li>{@link org.peal.bridge.DeadLetters} keeps what cannot cross.
 * </ul>
 */
@NullMarked
package org.peal.bridge;

import org.jspecify.annotations.NullMarked;
