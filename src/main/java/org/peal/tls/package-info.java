/** TLS towards servers: contexts made of PEM files, as operators have them. */
@NullMarked
package org.peal.tls;

import org.jspecify.annotations.NullMarked;
