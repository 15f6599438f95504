package org.peal.crypto;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/** The {@code crypto.gpg} section: keys for messages signed with GnuPG. Immutable. */
@Doc("GnuPG keys. No `gpg` program is run and no GnuPG home is used.")
public record GpgConfig(
    @Doc(
            "Files with the public keys to trust, every key in them: as `gpg --export` writes them, binary"
                + " or armoured, or a keybox (`pubring.kbx`).")
        List<Path> keyring,
    @Doc("File with the key to sign with, as `gpg --export-secret-keys` writes it.")
        @Nullable Path secretKey,
    @Doc("File whose first line is the passphrase of the secret key. When not set: none.")
        @Nullable Path passphraseFile,
    @Doc(
            "Which key of the secret key file signs: fingerprint, 16-digit key id, user id or mail"
                + " address. When not set: the only one.")
        @Nullable String signingKey,
    @Doc("Whether signatures over SHA-1 are accepted, which old versions of GnuPG make.")
        Boolean sha1) {

  public GpgConfig {
    keyring = List.copyOf(requireNonNullElse(keyring, List.of()));
    sha1 = requireNonNullElse(sha1, false);
  }
}
