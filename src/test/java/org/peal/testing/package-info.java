/** Fixtures that tests of several packages share. */
@NullMarked
package org.peal.testing;

import org.jspecify.annotations.NullMarked;
