/**
 * X.509: key pairs, chains, revocation lists, and signatures as fedmsg makes them.
 *
 * <ul>
 *   <li>Signing: {@link org.peal.crypto.x509.KeyPairFiles} loads what {@link
 *       org.peal.crypto.x509.X509Signer} signs with. This side uses the JDK alone, so that one-shot
 *       commands start fast.
 *   <li>Verifying: {@link org.peal.crypto.x509.TrustFiles} loads a {@link
 *       org.peal.crypto.x509.TrustSnapshot}, which judges certificates and remembers; {@link
 *       org.peal.crypto.x509.X509Verifier} does the rest. Chains and lists go through Bouncy
 *       Castle. Both may come from https addresses, and {@link org.peal.crypto.x509.TrustUpkeep}
 *       warns before a list ends.
 *   <li>Issuing: {@link org.peal.crypto.x509.CertificateAuthority} keeps a small authority in a
 *       folder.
 * </ul>
 */
@NullMarked
package org.peal.crypto.x509;

import org.jspecify.annotations.NullMarked;
