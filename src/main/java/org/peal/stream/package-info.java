/**
 * What makes of messages that come by any way and in any order the streams that their publishers
 * sent.
 *
 * <ul>
 *   <li>{@link org.peal.stream.ReplaySource} asks publishers for what was missed.
 *   <li>{@link org.peal.stream.Numbered} is a message's place in its publisher's stream.
 *   <li>{@link org.peal.stream.GapTracker} decides what the next message of a stream means; it does
 *       no I/O.
 * </ul>
 */
@NullMarked
package org.peal.stream;

import org.jspecify.annotations.NullMarked;
