/** Everything that is measured in one process, read when somebody asks. */
@NullMarked
package org.peal.metrics;

import org.jspecify.annotations.NullMarked;
