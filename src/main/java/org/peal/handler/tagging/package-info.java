/**
 * Where a module build belongs, by rules in a file.
 *
 * @see <a href="file:../../../../../../../docs/tagging.md">docs/tagging.md</a>
 */
@NullMarked
package org.peal.handler.tagging;

import org.jspecify.annotations.NullMarked;
