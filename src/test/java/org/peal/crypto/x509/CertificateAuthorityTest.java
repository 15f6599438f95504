package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.crypto.Reason;

class CertificateAuthorityTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  /** Making an authority is slow, so each test works on a copy of one. */
  @TempDir static Path made;

  @TempDir Path folder;
  private CertificateAuthority authority;

  @BeforeAll
  static void init() {
    CertificateInfo info =
        new CertificateAuthority(made.resolve("new/ca"), InstantSource.fixed(NOW))
            .init("Test CA", DAY.multipliedBy(10), DAY);
    assertThat(info.subject()).isEqualTo("CN=Test CA");
    assertThat(info.issuer()).isEqualTo("CN=Test CA");
    assertThat(info.authority()).isTrue();
    assertThat(info.notAfter()).isEqualTo(NOW.plus(DAY.multipliedBy(10)));
    assertThat(info.fingerprint()).hasSize(95).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
  }

  @BeforeEach
  void copy() throws IOException {
    for (Path file : listing(made.resolve("new/ca"))) {
      Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
    authority = new CertificateAuthority(folder, InstantSource.fixed(NOW));
  }

  private static List<Path> listing(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void init_folder_keysForOwnerOnlyAndNothingLeftOver() throws IOException {
    assertThat(listing(folder))
        .extracting(file -> file.getFileName().toString())
        .containsExactly(".lock", "ca.crt", "ca.key", "crl.pem");
    assertThat(mode("ca.key")).isEqualTo("rw-------");
  }

  @Test
  void init_again_refused() throws IOException {
    String before = Files.readString(folder.resolve("ca.key"));
    assertKind(CertsException.Kind.EXISTS, () -> authority.init("Other", DAY, DAY));
    Files.delete(folder.resolve("crl.pem"));
    assertKind(CertsException.Kind.EXISTS, () -> authority.init("Other", DAY, DAY));
    assertThat(Files.readString(folder.resolve("ca.key"))).isEqualTo(before);
  }

  @Test
  void issue_name_pairThatSignsAndIsTrusted() throws IOException {
    CertificateInfo info = authority.issue("shell-app01.example.org", DAY);

    assertThat(info.signer()).contains("shell-app01.example.org");
    assertThat(info.issuer()).isEqualTo("CN=Test CA");
    assertThat(info.authority()).isFalse();
    assertThat(info.serial().bitLength()).isEqualTo(128);
    assertThat(mode("shell-app01.example.org.key")).isEqualTo("rw-------");
    assertThat(reason("shell-app01.example.org")).isEmpty();
  }

  @Test
  void issue_nameTaken_refused() throws IOException {
    Files.writeString(folder.resolve("a.crt"), "x");
    assertKind(CertsException.Kind.EXISTS, () -> authority.issue("a", DAY));
    assertThat(folder.resolve("a.key")).doesNotExist();
    Files.createSymbolicLink(folder.resolve("b.key"), Path.of("nowhere"));
    assertKind(CertsException.Kind.EXISTS, () -> authority.issue("b", DAY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".x", "../x", "a/b", "a b", "a\n", "\u00e9", "ca", "a\0"})
  void issue_badName_refused(String name) {
    assertKind(CertsException.Kind.BAD_NAME, () -> authority.issue(name, DAY));
    assertKind(CertsException.Kind.BAD_NAME, () -> authority.revoke(name, DAY));
  }

  @Test
  void issue_nameLength_atMost64() {
    assertKind(CertsException.Kind.BAD_NAME, () -> authority.issue("x".repeat(65), DAY));
    assertThat(authority.issue("x".repeat(64), DAY).signer()).contains("x".repeat(64));
  }

  @Test
  void issue_noAuthority_notFound() {
    CertificateAuthority none =
        new CertificateAuthority(folder.resolve("none"), InstantSource.fixed(NOW));
    assertKind(CertsException.Kind.NOT_FOUND, () -> none.issue("a", DAY));
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void revoke_names_allStayRevoked() {
    authority.issue("a", DAY);
    authority.issue("b", DAY);
    authority.issue("c", DAY);

    authority.revoke("a", DAY);
    authority.revoke("b", DAY);
    Instant end = authority.renewCrl(DAY.multipliedBy(2));

    assertThat(end).isEqualTo(NOW.plus(DAY.multipliedBy(2)));
    assertThat(reason("a")).contains(Reason.REVOKED);
    assertThat(reason("b")).contains(Reason.REVOKED);
    assertThat(reason("c")).isEmpty();
    assertKind(CertsException.Kind.ALREADY_REVOKED, () -> authority.revoke("a", DAY));
    assertKind(CertsException.Kind.NOT_FOUND, () -> authority.revoke("d", DAY));
  }

  @Test
  void revoke_listMissing_refusedUntilMadeAnew() throws IOException {
    authority.issue("a", DAY);
    Files.delete(folder.resolve("crl.pem"));
    assertKind(CertsException.Kind.NOT_FOUND, () -> authority.revoke("a", DAY));
    authority.renewCrl(DAY);
    authority.revoke("a", DAY);
    assertThat(reason("a")).contains(Reason.REVOKED);
  }

  @Test
  void revoke_foreignFiles_refused() throws IOException {
    Files.copy(FedmsgVectors.pki("signer-a.crt"), folder.resolve("foreign.crt"));
    assertKind(CertsException.Kind.UNREADABLE, () -> authority.revoke("foreign", DAY));

    authority.issue("a", DAY);
    Files.writeString(folder.resolve("crl.pem"), Files.readString(FedmsgVectors.pki("crl.pem")));
    assertKind(CertsException.Kind.UNREADABLE, () -> authority.revoke("a", DAY));
    assertKind(CertsException.Kind.UNREADABLE, () -> authority.renewCrl(DAY));
  }

  @Test
  void revoke_concurrently_nothingLost() {
    List<String> names = List.of("a", "b", "c");
    List<CompletableFuture<?>> work = new ArrayList<>();
    for (String name : names) {
      CertificateAuthority other = new CertificateAuthority(folder, InstantSource.fixed(NOW));
      work.add(
          CompletableFuture.runAsync(
              () -> {
                other.issue(name, DAY);
                other.revoke(name, DAY);
              }));
    }
    work.forEach(CompletableFuture::join);
    assertThat(names).allSatisfy(name -> assertThat(reason(name)).contains(Reason.REVOKED));
  }

  private Optional<Reason> reason(String name) {
    TrustSnapshot trust =
        new TrustFiles(folder.resolve("ca.crt"), Optional.of(folder.resolve("crl.pem"))).load();
    OwnKeyPair pair =
        new KeyPairFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key")).load();
    return ChainTest.reason(trust.judge(pair.certificate(), NOW));
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private static void assertKind(CertsException.Kind kind, Runnable work) {
    assertThatExceptionOfType(CertsException.class)
        .isThrownBy(work::run)
        .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }
}
