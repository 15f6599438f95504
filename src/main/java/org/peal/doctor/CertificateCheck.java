package org.peal.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import org.peal.crypto.x509.CertificateInfo;

/** Are our own certificates valid now, and for some time? */
final class CertificateCheck implements Check {

  @Override
  public String what() {
    return "certificate";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    OwnPairs.of(patient)
        .ifPresent(
            pairs ->
                pairs
                    .own()
                    .forEach(name -> look(name, pairs.certificate(name), patient, findings)));
  }

  private static void look(String name, Path file, Patient patient, Findings findings) {
    if (Files.exists(file)) {
      Validity.look(
          name,
          CertificateInfo.read(file),
          patient.machine().clock().instant(),
          "remove or move the pair and issue a new one (\"peal certs issue " + name + "\")",
          findings);
    }
  }
}
