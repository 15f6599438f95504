/**
 * The root of Peal: what every other package may use and that itself uses nothing.
 *
 * <ul>
 *   <li>{@link org.peal.PealException} is the root of every exception that Peal throws on purpose.
 *   <li>{@link org.peal.Threads} makes all threads, so that each has a name and no thread keeps the
 *       program alive by accident.
 * </ul>
 */
@NullMarked
package org.peal;

import org.jspecify.annotations.NullMarked;
