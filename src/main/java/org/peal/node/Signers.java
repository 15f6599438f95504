package org.peal.node;

import java.util.Optional;
import org.peal.bus.Draft;
import org.peal.crypto.Signer;

/** Decides whose key signs a draft. Thread-safe. */
interface Signers {

  /**
   * Returns what signs a draft; empty to publish it unsigned.
   *
   * @throws org.peal.bus.PublishException FORBIDDEN if nobody may sign it here
   */
  Optional<Signer> of(Draft draft);
}
