/**
 * How a program hands drafts to the node of its host: a Unix socket, and files for the time when
 * there is none.
 *
 * <ul>
 *   <li>{@link org.peal.node.submit.SubmitServer} takes drafts, {@link
 *       org.peal.node.submit.SubmitClient} hands them over.
 *   <li>{@link org.peal.node.submit.Spool} keeps a user's drafts until a node takes them.
 * </ul>
 *
 * @see <a href="../../../../../../docs/wire-format.md">wire format, handing drafts to a node</a>
 */
@NullMarked
package org.peal.node.submit;

import org.jspecify.annotations.NullMarked;
