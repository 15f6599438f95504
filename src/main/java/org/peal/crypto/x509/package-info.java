/** X.509: key pairs, chains, revocation lists, and signatures as fedmsg makes them. */
@NullMarked
package org.peal.crypto.x509;

import org.jspecify.annotations.NullMarked;
