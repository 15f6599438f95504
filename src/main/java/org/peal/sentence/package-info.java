/**
 * What a message says to people, by rules that are data.
 *
 * <ul>
 *   <li>{@link org.peal.sentence.Sentences} holds rules and makes a {@link
 *       org.peal.sentence.Sentence} of any message.
 *   <li>{@code Rule} has templates and conditions for some topics; {@code RuleReader} reads rules
 *       and refuses what it does not know.
 *   <li>{@code Template} and {@code Expression} are what rules are written in. Every value is a
 *       list of texts; an empty list stands for everything that a message does not say.
 * </ul>
 *
 * <p>The language of the rules is described in {@code docs/sentences.md}.
 */
@NullMarked
package org.peal.sentence;

import org.jspecify.annotations.NullMarked;
