/**
 * The ZeroMQ transport: one loop thread that owns every socket.
 *
 * <ul>
 *   <li>{@link org.peal.bus.zmq.ZmqTransport} is the loop; it opens subscriptions and publications.
 *   <li>{@link org.peal.bus.zmq.Subscription} receives, by connecting to one endpoint or by binding
 *       one, and hands messages to a {@link org.peal.bus.zmq.FrameSink}.
 *   <li>{@link org.peal.bus.zmq.Publication} sends, bound (any number of readers, none of which can
 *       stall the rest) or active (connected to one relay, waits for it, loses nothing).
 *   <li>{@code Link} keeps one outgoing connection alive over all addresses of a name; every
 *       attempt is a fresh socket, so that no late event of an old one can be mistaken.
 *   <li>{@code PeerTable} sits in JeroMQ's I/O thread: it sees each connection and each frame as it
 *       arrives, and throws out peers that would make the heap grow.
 * </ul>
 *
 * <p>JeroMQ's types never leave this package. The loop thread is never interrupted.
 */
@NullMarked
package org.peal.bus.zmq;

import org.jspecify.annotations.NullMarked;
