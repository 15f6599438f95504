/**
 * What is known of kinds of messages: by name, what their bodies must look like, and what they say
 * about people and packages.
 *
 * <ul>
 *   <li>{@link org.peal.schema.MessageSchema} is one kind.
 *   <li>{@link org.peal.schema.Schemas} knows them by name.
 * </ul>
 */
@NullMarked
package org.peal.schema;

import org.jspecify.annotations.NullMarked;
