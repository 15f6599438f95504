package org.peal.crypto.x509;

/**
 * A public key that no signature of a message fits.
 *
 * @param problem why: what follows after "the key"
 */
record UnusableKey(String problem) implements HolderKey {}
