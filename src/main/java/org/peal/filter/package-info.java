/**
 * The filter language: one way to say which messages are meant, for commands, rules and HTTP.
 *
 * <ul>
 *   <li>{@link org.peal.filter.Filter} is a compiled expression; it is asked about a {@link
 *       org.peal.filter.Subject} and gives an {@link org.peal.filter.Answer}.
 *   <li>{@link org.peal.filter.FilterException} tells what is wrong with a text, and where.
 *   <li>{@code Lexer} and {@code Parser} make an {@code Expression} of the text: {@code and},
 *       {@code or} and {@code not} over tests, each a {@code Path} and a {@code Condition}.
 *   <li>{@code Run} is one evaluation and counts what it costs.
 * </ul>
 *
 * <p>The language is described in {@code docs/filters.md}.
 */
@NullMarked
package org.peal.filter;

import org.jspecify.annotations.NullMarked;
