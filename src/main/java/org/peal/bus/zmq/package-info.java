/** The ZeroMQ transport: one loop thread that owns every socket. */
@NullMarked
package org.peal.bus.zmq;

import org.jspecify.annotations.NullMarked;
