/**
 * Code that is run for messages, whichever bus they come by.
 *
 * <ul>
 *   <li>{@link org.peal.handler.Handler} is what others write, and {@link
 *       org.peal.handler.HandlerFactory} how it is found.
 *   <li>{@link org.peal.handler.Message} is what it gets, {@link org.peal.handler.HandlerContext}
 *       what it may do meanwhile, {@link org.peal.handler.Outcome} what it answers.
 * </ul>
 *
 * <p>What a handler publishes and remembers is committed with its outcome, in one transaction, once
 * for each message. Effects outside Peal happen at least once.
 *
 * @see <a href="../../../../../../docs/handlers.md">handlers</a>
 */
@NullMarked
package org.peal.handler;

import org.jspecify.annotations.NullMarked;
