/** Assembles sockets, verification and forwarding into relays, gateways and subscribers. */
@NullMarked
package org.peal.node;

import org.jspecify.annotations.NullMarked;
