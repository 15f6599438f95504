/**
 * GnuPG: keyrings and signatures over the body of a message, as fedmsg's {@code gpg} scheme makes
 * them. All through Bouncy Castle; no {@code gpg} program is run.
 *
 * <ul>
 *   <li>Verifying: {@link org.peal.crypto.gpg.KeyringFiles} loads a {@link
 *       org.peal.crypto.gpg.Keyring}, {@link org.peal.crypto.gpg.GpgVerifier} asks it.
 *   <li>Signing: {@link org.peal.crypto.gpg.SecretKeyFile} loads what {@link
 *       org.peal.crypto.gpg.GpgSigner} signs with.
 * </ul>
 *
 * <p>What a key is good for is settled when it is loaded, from its own signatures; at each message
 * only dates are compared.
 */
@NullMarked
package org.peal.crypto.gpg;

import org.jspecify.annotations.NullMarked;
