package org.peal.crypto.gpg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/** Reads sequences of key packets, binary or in one or more blocks of armour. Stateless. */
final class KeyPackets {

  private KeyPackets() {}

  /**
   * Returns the public keys.
   *
   * @throws IOException if the bytes are something else, or hold a secret key
   */
  static List<PGPPublicKeyRing> publicRings(byte[] bytes) throws IOException {
    return read(bytes, PGPPublicKeyRing.class, "a public key");
  }

  /**
   * Returns the secret keys.
   *
   * @throws IOException if the bytes are something else
   */
  static List<PGPSecretKeyRing> secretRings(byte[] bytes) throws IOException {
    return read(bytes, PGPSecretKeyRing.class, "a secret key");
  }

  private static <T> List<T> read(byte[] bytes, Class<T> wanted, String what) throws IOException {
    List<T> found = new ArrayList<>();
    for (byte[] block : blocks(bytes)) {
      each(block, object -> found.add(cast(object, wanted, what)));
    }
    return found;
  }

  private static <T> T cast(Object object, Class<T> wanted, String what) {
    if (!wanted.isInstance(object)) {
      String kind = object.getClass().getSimpleName().replaceFirst("^(Bc)?PGP", "");
      throw new IllegalArgumentException("there is a " + kind + " where " + what + " belongs");
    }
    return wanted.cast(object);
  }

  private static void each(byte[] block, Consumer<Object> consumer) throws IOException {
    BcPGPObjectFactory packets = new BcPGPObjectFactory(block);
    for (Object next = packets.nextObject(); next != null; next = packets.nextObject()) {
      consumer.accept(next);
    }
  }

  /** Binary packets begin with a byte that no text has. */
  private static List<byte[]> blocks(byte[] bytes) throws IOException {
    return bytes.length > 0 && bytes[0] < 0 ? List.of(bytes) : armoured(bytes);
  }

  private static List<byte[]> armoured(byte[] bytes) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    InputStream text = new ByteArrayInputStream(bytes);
    while (text.available() > 0) {
      byte[] block = new ArmoredInputStream(text).readAllBytes();
      if (block.length > 0) {
        blocks.add(block);
      }
    }
    return blocks;
  }
}
