package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KojiProfilesTest {

  @TempDir Path folder;
  private Path etc;
  private Path home;

  @BeforeEach
  void folders() {
    etc = folder.resolve("etc");
    home = folder.resolve("home");
  }

  @Test
  void profile_sectionAlone_hasTheDefaultsOfKoji() {
    write(etc.resolve("koji.conf"), "[koji]\n");
    KojiProfile profile = read();
    assertThat(profile.server()).isEqualTo(URI.create("http://localhost/kojihub"));
    assertThat(profile.login()).isEqualTo(new Login.Kerberos(null));
    assertThat(profile.serverCa()).isNull();
    assertThat(profile.verifyTls()).isTrue();
    assertThat(profile.timeout()).isEqualTo(Duration.ofHours(12));
    assertThat(profile.authTimeout()).isEqualTo(Duration.ofMinutes(1));
    Duration twenty = Duration.ofSeconds(20);
    Duration ten = Duration.ofMinutes(10);
    assertThat(profile.retries()).isEqualTo(new RetryPolicy(30, twenty, ten, twenty, ten, false));
  }

  @Test
  void profile_severalFiles_theLaterOnesWinKeyByKey() {
    write(etc.resolve("koji.conf.d/b.conf"), "[koji]\nserver = http://b/kojihub\n");
    write(etc.resolve("koji.conf.d/a.conf"), "[koji]\nserver = http://a/x\ntimeout = 7\n");
    write(etc.resolve("koji.conf.d/c.txt"), "[koji]\nserver = http://c/x\n");
    assertThat(read().server()).isEqualTo(URI.create("http://b/kojihub"));
    assertThat(read().timeout()).isEqualTo(Duration.ofSeconds(7));
    write(etc.resolve("koji.conf"), "[koji]\nserver = http://etc/kojihub\n");
    assertThat(read().server()).isEqualTo(URI.create("http://etc/kojihub"));
    write(home.resolve(".koji/config.d/x.conf"), "[koji]\nserver = http://x/kojihub\n");
    assertThat(read().server()).isEqualTo(URI.create("http://x/kojihub"));
    write(home.resolve(".koji/config"), "[koji]\nserver = http://home/kojihub/\n");
    assertThat(read().server()).isEqualTo(URI.create("http://home/kojihub"));
    assertThat(read().timeout()).isEqualTo(Duration.ofSeconds(7));
    KojiProfile overridden =
        profiles().profile("koji", Map.of("server", "https://o/kojihub", "authtype", "noauth"));
    assertThat(overridden.server()).isEqualTo(URI.create("https://o/kojihub"));
    assertThat(overridden.login()).isEqualTo(new Login.Anonymous());
  }

  @Test
  void profile_dialectOfIni_isRead() {
    write(
        etc.resolve("koji.conf"),
        """
        # comment
        ; comment
        [other]
        server = http://other/kojihub
        [koji]
        Server: http://hub:8080/kojihub
        max_retries=3
        retry_interval = 5
          # indented comment
        no_ssl_verify = Yes
        anon_retry = on
        offline_retry = true
        offline_retry_interval = 9
        unknown = 100% ; = :
        """);
    KojiProfile profile = read();
    assertThat(profile.server()).isEqualTo(URI.create("http://hub:8080/kojihub"));
    assertThat(profile.verifyTls()).isFalse();
    assertThat(profile.retries())
        .isEqualTo(
            new RetryPolicy(
                3,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(9),
                Duration.ofDays(1),
                true));
  }

  @Test
  void profile_withoutAuthtype_takesWhatThereIs() {
    write(etc.resolve("koji.conf"), "[koji]\nuser = peter\npassword = secret\n");
    assertThat(read().login()).isEqualTo(new Login.Password("peter", "secret"));
    assertThat(read().login().toString()).doesNotContain("secret");
    Path certificate = write(home.resolve(".koji/client.crt"), "");
    Path authority = write(home.resolve(".koji/serverca.crt"), "");
    assertThat(read().login()).isEqualTo(new Login.Certificate(certificate));
    assertThat(read().serverCa()).isEqualTo(authority);
  }

  @Test
  void profile_pathInTheHomeFolder_isFoundThere() {
    write(etc.resolve("koji.conf"), "[koji]\nauthtype = ssl\ncert = ~/my.pem\n");
    assertThat(read().login()).isEqualTo(new Login.Certificate(home.resolve("my.pem")));
  }

  @Test
  void profile_keytab_countsOnlyWithPrincipalAndFile() {
    Path keytab = write(folder.resolve("a.keytab"), "");
    write(etc.resolve("koji.conf"), "[koji]\nkeytab = " + keytab + "\n");
    assertThat(read().login()).isEqualTo(new Login.Kerberos(null));
    write(home.resolve(".koji/config"), "[koji]\nprincipal = peal@EXAMPLE.ORG\n");
    assertThat(read().login())
        .isEqualTo(new Login.Kerberos(new Login.Kerberos.Key("peal@EXAMPLE.ORG", keytab)));
  }

  @Test
  void profile_nowhere_isRefused() {
    write(etc.resolve("koji.conf"), "[brew]\n");
    assertThatExceptionOfType(KojiSetupException.class)
        .isThrownBy(this::read)
        .withMessageContaining("no profile koji in " + etc.resolve("koji.conf"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server = ftp://x/kojihub      | server",
        "server = https:///kojihub     | server",
        "server = http://u:p@h/kojihub | server",
        "server = no address           | server",
        "authtype = magic              | authtype",
        "authtype = ssl                | cert",
        "authtype = password           | user",
        "timeout = 0                   | time-outs",
        "timeout = soon                | timeout",
        "max_retries = -1              | max_retries",
        "retry_interval = 99999999     | retry_interval",
        "no_ssl_verify = perhaps       | no_ssl_verify",
      })
  void profile_valueOfNoUse_isRefusedByItsName(String line, String named) {
    write(etc.resolve("koji.conf"), "[koji]\n" + line + "\n");
    assertThatExceptionOfType(KojiSetupException.class)
        .isThrownBy(this::read)
        .withMessageContaining(named)
        .withMessageContaining("profile koji");
  }

  @ParameterizedTest
  @ValueSource(strings = {"password secret", "= secret", "secret\n[koji]"})
  void profile_lineOfNoForm_isRefusedWithoutShowingIt(String line) {
    Path file =
        write(etc.resolve("koji.conf"), line.startsWith("secret") ? line : "[koji]\n" + line);
    assertThatExceptionOfType(KojiSetupException.class)
        .isThrownBy(this::read)
        .withMessageContaining(file + ", line ")
        .matches(e -> !e.getMessage().contains("secret"));
  }

  private KojiProfile read() {
    return profiles().profile("koji", Map.of());
  }

  private KojiProfiles profiles() {
    return KojiProfiles.in(etc, home);
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
