package org.peal.doctor;

import org.peal.crypto.CryptoProvider;

/** Is Java new enough, and are signatures computed fast? */
final class JavaCheck implements Check {

  private static final int OLDEST = 17;

  @Override
  public String what() {
    return "java";
  }

  @Override
  public boolean needsConfiguration() {
    return false;
  }

  @Override
  public void look(Patient patient, Findings findings) {
    look(Runtime.version().feature(), CryptoProvider.FAST, findings);
  }

  /** Judges a version of Java and who computes signatures. */
  static void look(int version, CryptoProvider signatures, Findings findings) {
    if (version < OLDEST) {
      findings.fail("Java " + version, "install Java " + OLDEST + " or newer");
    }
    String provider = signatures.toString();
    if (provider.equals(CryptoProvider.JDK.toString())) {
      findings.warn(
          "Java " + version + ", signatures by the JDK, which is several times slower",
          "use a temporary folder without noexec, or name one by PEAL_JAVA_OPTS="
              + "-Dcom.amazon.corretto.crypto.provider.tmpdir=FOLDER; elsewhere than on Linux"
              + " nothing can be done");
    } else {
      findings.ok("Java " + version + ", signatures by " + provider);
    }
  }
}
