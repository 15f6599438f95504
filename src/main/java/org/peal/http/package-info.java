/** Serves small pages over HTTP, within limits. */
@NullMarked
package org.peal.http;

import org.jspecify.annotations.NullMarked;
