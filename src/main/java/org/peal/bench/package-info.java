/**
 * Measurements of whole paths between real processes, each beside the limit of the same machine in
 * the same run: what {@code peal bench} shows.
 */
@NullMarked
package org.peal.bench;

import org.jspecify.annotations.NullMarked;
