/**
 * Where a module build belongs, by rules in a file.
 *
 * <ul>
 *   <li>{@link org.peal.handler.tagging.TaggingEngine} makes a {@link
 *       org.peal.handler.tagging.Decision} about a message; it does nothing itself.
 *   <li>{@link org.peal.handler.tagging.RuleSource} follows a rule file; {@code RuleFileReader}
 *       notices all that is wrong with one.
 *   <li>{@code RuleMatcher} tries rules on a build. Values are compared, searched and shown as
 *       Python does it: {@code PythonRegex}, {@code PythonText}, {@code PythonEquality}.
 * </ul>
 *
 * <p>The rules are described in {@code docs/tagging.md}.
 */
@NullMarked
package org.peal.handler.tagging;

import org.jspecify.annotations.NullMarked;
