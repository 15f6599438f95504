/** AMQP as a way of messages to handlers. */
@NullMarked
package org.peal.handler.amqp;

import org.jspecify.annotations.NullMarked;
