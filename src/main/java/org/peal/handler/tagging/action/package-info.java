/**
 * Tags module builds: what the rules decide is asked of Koji, announced and recorded.
 *
 * <ul>
 *   <li>{@link org.peal.handler.tagging.action.TaggingHandlerFactory} makes the handler {@code
 *       tagging}, {@link org.peal.handler.tagging.action.FollowerFactory} the handler {@code
 *       tagging-results}.
 *   <li>{@link org.peal.handler.tagging.action.TaggingWorkflow} is the way of one message, over
 *       interfaces for the Module Build Service and Koji.
 * </ul>
 *
 * @see <a href="../../../../../../../../docs/tagging.md">tagging</a>
 */
@NullMarked
package org.peal.handler.tagging.action;

import org.jspecify.annotations.NullMarked;
