/**
 * Assembles sockets, verification and forwarding into what a node does.
 *
 * <ul>
 *   <li>{@link org.peal.node.Receiver} subscribes, verifies and delivers in order.
 *   <li>{@link org.peal.node.Forwarder} is a relay or a gateway.
 *   <li>{@link org.peal.node.Sender} signs and publishes.
 *   <li>{@link org.peal.node.PealNode} runs several of them, each as a {@link
 *       org.peal.node.NodePart}: all that the configuration of one host names.
 *   <li>{@link org.peal.node.DurablePublisher} numbers, signs, stores, and only then sends.
 *   <li>{@link org.peal.node.replay.ReplayServer} gives what was stored to those who missed it;
 *       {@link org.peal.node.replay.ReplayClient} asks for it, and knows how fedmsg's servers
 *       differ.
 *   <li>{@link org.peal.node.OwnKeys} and {@link org.peal.node.Trust} find keys and authorities.
 * </ul>
 */
@NullMarked
package org.peal.node;

import org.jspecify.annotations.NullMarked;
