/**
 * What only one of several nodes does at a time, by a lease in a database that they share.
 *
 * @see <a href="../../../../../../docs/adr/0011-leases.md">decision 11</a>
 */
@NullMarked
package org.peal.lease;

import org.jspecify.annotations.NullMarked;
