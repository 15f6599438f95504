/** Tests against peers and data that are not ours. */
@NullMarked
package org.peal.interop;

import org.jspecify.annotations.NullMarked;
