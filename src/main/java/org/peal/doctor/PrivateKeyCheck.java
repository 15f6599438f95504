package org.peal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.peal.crypto.CryptoConfig;

/** Can anybody else read the private keys? */
final class PrivateKeyCheck implements Check {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  @Override
  public String what() {
    return "private keys";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    List<Path> keys = keys(patient.config().crypto());
    for (Path key : keys) {
      try {
        Set<PosixFilePermission> may = Files.getPosixFilePermissions(key);
        if (!OWNER.containsAll(may)) {
          findings.warn(
              key + " is open to others than its owner: " + PosixFilePermissions.toString(may),
              "chmod 600 " + key + ", and issue a new key if somebody may have read it");
        }
      } catch (UnsupportedOperationException | IOException e) {
        findings.warn("cannot tell who may read " + key + ": " + e, "look at it by hand");
      }
    }
    if (!keys.isEmpty() && findings.all().isEmpty()) {
      findings.ok(keys.size() + (keys.size() == 1 ? " is" : " are") + " for their owner only");
    }
  }

  private static List<Path> keys(CryptoConfig crypto) {
    List<Path> keys = new ArrayList<>();
    Path folder = crypto.directory();
    if (folder != null) {
      OwnPairs.names(folder, ".key").forEach(name -> keys.add(folder.resolve(name + ".key")));
    }
    Path gpg = crypto.gpg().secretKey();
    if (gpg != null && Files.exists(gpg)) {
      keys.add(gpg);
    }
    return keys;
  }
}
