/**
 * JSON as Python's {@code json} module reads and writes it.
 *
 * <ul>
 *   <li>{@link org.peal.json.StrictJson} reads bytes into Jackson's tree, within {@link
 *       org.peal.json.JsonLimits}, accepting exactly what Python accepts. Most texts are ASCII
 *       without {@code u} escapes and are read straight from their bytes. Others, and those with
 *       mistakes, go through Jackson's streaming parser; they are decoded and prepared so that it,
 *       too, takes all that Python takes and nothing else, and its problems are put in our own
 *       words.
 *   <li>{@link org.peal.json.CanonicalJson} writes a tree in the one form that is signed.
 *   <li>{@link org.peal.json.JsonText} changes the outer form of a text and keeps its tokens.
 * </ul>
 *
 * <p>A tree that came from here is read-only by convention: it is what a signature covers.
 */
@NullMarked
package org.peal.json;

import org.jspecify.annotations.NullMarked;
