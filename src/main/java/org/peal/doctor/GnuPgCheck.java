package org.peal.doctor;

import org.peal.PealException;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.gpg.KeyringFiles;
import org.peal.message.Scheme;
import org.peal.node.OwnKeys;

/** Can the GnuPG keys be read, where they are in use? */
final class GnuPgCheck implements Check {

  @Override
  public String what() {
    return "gnupg";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    CryptoConfig crypto = patient.config().crypto();
    if (crypto.schemes().contains(Scheme.GPG)) {
      keyring(crypto, findings);
    }
    if (crypto.backend() == Scheme.GPG) {
      try {
        new OwnKeys(crypto, patient.machine().host()).signer(null, "shell", CryptoProvider.JDK);
        findings.ok("the secret key can be used");
      } catch (PealException e) {
        findings.fail(
            String.valueOf(e.getMessage()),
            "set crypto.gpg.secret-key to what \"gpg --export-secret-keys\" wrote, and"
                + " crypto.gpg.passphrase-file if it has a passphrase");
      }
    }
  }

  private static void keyring(CryptoConfig crypto, Findings findings) {
    String remedy = "set crypto.gpg.keyring to files that \"gpg --export\" wrote";
    if (crypto.gpg().keyring().isEmpty()) {
      findings.fail("crypto.schemes allows gpg, but there is no keyring", remedy);
      return;
    }
    try {
      new KeyringFiles(crypto.gpg().keyring()).load();
      findings.ok("keyring " + crypto.gpg().keyring());
    } catch (PealException e) {
      findings.fail(String.valueOf(e.getMessage()), remedy);
    }
  }
}
