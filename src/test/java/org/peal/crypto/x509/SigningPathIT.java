package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningPathIT {

  /** Signs one message, as a one-shot command does. */
  static final class OneShot {
    public static void main(String[] args) {
      KeyPairFiles files = new KeyPairFiles(Path.of(args[0]), Path.of(args[1]));
      new X509Signer(files.watch()).sign(JsonNodeFactory.instance.objectNode().put("topic", "a"));
    }
  }

  @Test
  void shouldNotLoadWhatOnlyVerifyingNeeds(@TempDir Path folder) throws Exception {
    Path loaded = folder.resolve("classes");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                OneShot.class.getName(),
                FedmsgVectors.pki("signer-a.crt").toString(),
                FedmsgVectors.pki("signer-a.pkcs1.key").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();

    List<String> classes = Files.readAllLines(loaded);
    assertThat(classes).anyMatch(line -> line.contains("org.peal.crypto.x509.X509Signer"));
    assertThat(classes)
        .noneMatch(line -> line.contains("org.bouncycastle"))
        .noneMatch(line -> line.contains("com.github.benmanes"))
        .noneMatch(line -> line.contains("com.amazon"))
        .noneMatch(line -> line.contains("sun.security.x509.X509CertImpl"));
  }
}
