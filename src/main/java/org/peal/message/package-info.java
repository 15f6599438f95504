/**
 * The message model: what travels on either bus.
 *
 * <ul>
 *   <li>{@link org.peal.message.Envelope} is the typed view over a message's tree as received.
 *   <li>{@link org.peal.message.EnvelopeFactory} makes new ones, not yet signed.
 *   <li>{@link org.peal.message.Topic} and {@link org.peal.message.MessageId} are its values;
 *       {@link org.peal.message.TopicNaming} makes full topics.
 *   <li>{@link org.peal.message.TopicFilter} and {@link org.peal.message.TopicPattern} choose
 *       topics.
 * </ul>
 */
@NullMarked
package org.peal.message;

import org.jspecify.annotations.NullMarked;
