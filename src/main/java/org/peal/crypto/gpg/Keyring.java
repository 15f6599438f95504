package org.peal.crypto.gpg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * The public keys that are trusted, each with what it is good for. Immutable.
 *
 * @see KeyringFiles
 */
public final class Keyring {

  private final Map<Long, List<SigningKey>> keys = new HashMap<>();

  /** Makes a keyring of rings with different primary keys. */
  Keyring(Iterable<PGPPublicKeyRing> rings) {
    rings.forEach(ring -> SigningKeys.of(ring).forEach(this::add));
  }

  private void add(SigningKey key) {
    keys.computeIfAbsent(key.key().getKeyID(), id -> new ArrayList<>()).add(key);
  }

  /** Returns the key that a signature names by one of the identifiers. */
  Optional<SigningKey> find(List<KeyIdentifier> names) {
    return names.stream()
        .flatMap(
            name ->
                keys.getOrDefault(name.getKeyId(), List.of()).stream()
                    .filter(key -> name.matchesExplicit(key.key().getKeyIdentifier())))
        .findFirst();
  }

  /** Returns how many keys there are, subkeys counted. */
  int size() {
    return keys.values().stream().mapToInt(List::size).sum();
  }
}
