package org.peal.crypto.x509;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the authority makes, judged by OpenSSL, on which fedmsg stands. */
class CertificateAuthorityIT {

  private static final Path OPENSSL = Path.of("/usr/bin/openssl");

  @TempDir Path folder;

  @Test
  void shouldBeAcceptedByOpenSsl() throws Exception {
    assumeTrue(Files.isExecutable(OPENSSL), "no openssl on this machine");
    CertificateAuthority authority = new CertificateAuthority(folder, InstantSource.system());
    authority.init(
        "Peal CA", CertificateAuthority.AUTHORITY_VALIDITY, CertificateAuthority.CRL_VALIDITY);
    authority.issue("good", CertificateAuthority.CERTIFICATE_VALIDITY);
    authority.issue("bad", CertificateAuthority.CERTIFICATE_VALIDITY);
    authority.revoke("bad", CertificateAuthority.CRL_VALIDITY);

    assertThat(verify("good")).contains("good.crt: OK");
    assertThat(verify("bad")).contains("certificate revoked");
    assertThat(openssl("crl", "-in", path("crl.pem"), "-noout", "-crlnumber"))
        .contains("crlNumber=0x02");
    assertThat(openssl("pkey", "-in", path("good.key"), "-noout", "-check"))
        .contains("Key is valid");
  }

  private String verify(String name) throws IOException, InterruptedException {
    return openssl(
        "verify",
        "-x509_strict",
        "-crl_check_all",
        "-CAfile",
        path("ca.crt"),
        "-CRLfile",
        path("crl.pem"),
        path(name + ".crt"));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output, UTF_8);
  }
}
