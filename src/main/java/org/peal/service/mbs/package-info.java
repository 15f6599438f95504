/**
 * A client of the Module Build Service: what it knows about a module build.
 *
 * <p>{@link org.peal.service.mbs.Mbs} asks over HTTP, bounded in time and size, and remembers
 * answers for a while.
 */
@NullMarked
package org.peal.service.mbs;

import org.jspecify.annotations.NullMarked;
