/**
 * What a node keeps on disk: the log of what it published, how far its subscribers got, what became
 * of each message, and what waits to be published.
 *
 * <ul>
 *   <li>{@link org.peal.store.MessageStore} is a publisher's log: messages by sequence id.
 *   <li>{@link org.peal.store.ReplayQuery} asks for some of them, a {@link org.peal.store.Page} at
 *       a time.
 * </ul>
 */
@NullMarked
package org.peal.store;

import org.jspecify.annotations.NullMarked;
