/**
 * Tests of the whole program as users run it: real processes, real files, real sockets.
 *
 * <p>{@link org.peal.system.Site} is the folder that a test works in, {@link
 * org.peal.system.Publisher} a publisher of the test's own.
 */
@NullMarked
package org.peal.system;

import org.jspecify.annotations.NullMarked;
