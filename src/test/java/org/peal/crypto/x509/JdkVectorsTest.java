package org.peal.crypto.x509;

import org.peal.crypto.CryptoProvider;

/** Verdicts and signatures with the JDK alone. */
class JdkVectorsTest extends VectorsTest {

  JdkVectorsTest() {
    super(CryptoProvider.JDK);
  }
}
