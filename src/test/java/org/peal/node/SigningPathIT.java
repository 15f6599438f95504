package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;
import org.peal.crypto.CryptoProvider;
import org.peal.testing.TestPki;

class SigningPathIT {

  /** Signs one message with what the configuration says, as a one-shot command does. */
  static final class OneShot {
    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      PealConfig config =
          Configuration.load(ConfigSources.of(folder.resolve("peal.yaml"), Map.of(), folder))
              .bind(PealConfig.class);
      new OwnKeys(config.crypto(), "host")
          .signer(null, "shell", CryptoProvider.JDK)
          .orElseThrow()
          .sign(JsonNodeFactory.instance.objectNode().put("topic", "a"));
    }
  }

  @Test
  void shouldNotLoadBouncyCastleForX509(@TempDir Path folder) throws Exception {
    TestPki.Identity shell = new TestPki().root("CA").issue("shell");
    TestPki.writeText(folder.resolve("shell-host.crt"), shell.pem());
    TestPki.writeText(folder.resolve("shell-host.key"), shell.keyPem());
    TestPki.writeText(folder.resolve("peal.yaml"), "crypto: {directory: .}\n");
    Path loaded = folder.resolve("classes");
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                OneShot.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();

    List<String> classes = Files.readAllLines(loaded);
    assertThat(classes).anyMatch(line -> line.contains("org.peal.crypto.x509.X509Signer"));
    assertThat(classes)
        .noneMatch(line -> line.contains("org.bouncycastle"))
        .noneMatch(line -> line.contains("com.amazon"))
        .noneMatch(line -> line.contains("org.peal.crypto.gpg"));
  }
}
