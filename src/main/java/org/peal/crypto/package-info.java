/**
 * Signing and verifying: who said this, and may they.
 *
 * <ul>
 *   <li>{@link org.peal.crypto.Signer} adds credentials to an envelope.
 *   <li>{@link org.peal.crypto.Verifier} turns received bytes into a {@link
 *       org.peal.crypto.Verdict}, and never throws for bad input.
 *   <li>{@link org.peal.crypto.MessageVerifier} is the one there is: it does what all schemes have
 *       in common and asks a {@link org.peal.crypto.SchemeVerifier} about the credentials.
 *   <li>{@link org.peal.crypto.RoutingPolicy} says which signer may use which topic; {@link
 *       org.peal.crypto.RoutingPolicyReader} makes it from a tree.
 *   <li>{@link org.peal.crypto.CryptoProvider} computes the signatures.
 *   <li>{@link org.peal.Watched} follows the files that keys, trust and policy come from.
 * </ul>
 */
@NullMarked
package org.peal.crypto;

import org.jspecify.annotations.NullMarked;
