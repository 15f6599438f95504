/**
 * The other bus: fedora-messaging's messages through a broker that speaks AMQP 0-9-1.
 *
 * <ul>
 *   <li>{@link org.peal.bus.amqp.AmqpMessage} is a message with all that travels beside its body;
 *       {@link org.peal.bus.amqp.AmqpCodec} turns it into what goes over the wire and back.
 *   <li>{@link org.peal.bus.amqp.AmqpPublisher} publishes with confirms.
 *   <li>{@link org.peal.bus.amqp.AmqpConsumer} hands over what queues hold, each message with a
 *       handle to settle it by.
 *   <li>{@link org.peal.bus.amqp.AmqpConfig} is the section {@code amqp} of the configuration.
 * </ul>
 *
 * <p>RabbitMQ's client is seen only here, and its automatic recovery is off: {@link
 * org.peal.bus.amqp.AmqpLink} is what connects, and connects again.
 */
@NullMarked
package org.peal.bus.amqp;

import org.jspecify.annotations.NullMarked;
