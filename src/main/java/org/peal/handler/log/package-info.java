/** A handler that writes messages down. */
@NullMarked
package org.peal.handler.log;

import org.jspecify.annotations.NullMarked;
