/** The {@code peal} command. The only place that parses arguments, prints, or exits. */
@NullMarked
package org.peal.cli;

import org.jspecify.annotations.NullMarked;
