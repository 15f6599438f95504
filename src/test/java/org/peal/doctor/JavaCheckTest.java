package org.peal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peal.crypto.CryptoProvider;

class JavaCheckTest {

  private static List<Finding> findings(int version, CryptoProvider provider) {
    Findings findings = new Findings("java");
    JavaCheck.look(version, provider, findings);
    return findings.all();
  }

  @Test
  void look_oldJava_failsWithTheRemedy() {
    assertThat(findings(11, CryptoProvider.JDK))
        .contains(new Finding(Finding.Level.FAIL, "java", "Java 11", "install Java 17 or newer"));
    assertThat(findings(16, CryptoProvider.JDK))
        .anyMatch(finding -> finding.level() == Finding.Level.FAIL);
  }

  @Test
  void look_goodJava_doesNotFail() {
    assertThat(findings(17, CryptoProvider.JDK))
        .noneMatch(finding -> finding.level() == Finding.Level.FAIL);
  }

  @Test
  void look_signaturesByTheJdk_warnsWithTheRemedy() {
    assertThat(findings(17, CryptoProvider.JDK))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
              assertThat(finding.detail()).contains("by the JDK", "slower");
              assertThat(finding.remedy()).contains("noexec", "tmpdir=FOLDER");
            });
  }
}
