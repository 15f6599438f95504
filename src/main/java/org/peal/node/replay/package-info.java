/**
 * Giving again what was published, and asking for it.
 *
 * <ul>
 *   <li>{@link org.peal.node.replay.ReplayServer} answers fedmsg's six kinds of questions, and
 *       pages for those who know our extension.
 *   <li>{@link org.peal.node.replay.ReplayClient} asks for what is missing, copes with what
 *       fedmsg's servers do differently, and verifies what it gets like a live message.
 * </ul>
 *
 * @see <a href="../../../../../../docs/wire-format.md">wire format, replay</a>
 */
@NullMarked
package org.peal.node.replay;

import org.jspecify.annotations.NullMarked;
