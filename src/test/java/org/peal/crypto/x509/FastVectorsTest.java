package org.peal.crypto.x509;

import org.peal.crypto.CryptoProvider;

/** The same verdicts and signatures with the fast provider, where it loads. */
class FastVectorsTest extends VectorsTest {

  FastVectorsTest() {
    super(CryptoProvider.FAST);
  }
}
