package org.peal.cli;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.crypto.KeyKind;
import org.peal.crypto.TrustException;
import org.peal.crypto.x509.CertificateAuthority;
import org.peal.crypto.x509.CertificateInfo;
import org.peal.crypto.x509.CertsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal certs}: a small certificate authority. */
@Command(
    name = "peal certs",
    sortOptions = false,
    description = {
      "A certificate authority for development and small sites, in one folder:",
      "  init         make ca.crt, ca.key and an empty crl.pem",
      "  issue NAME   make NAME.crt and NAME.key; NAME is the signer that others see",
      "  revoke NAME  put NAME's certificate on crl.pem",
      "  crl          sign crl.pem again before it expires",
      "  show FILE    tell what a certificate says",
      "Keys and certificates are never overwritten."
    },
    footer = {
      "",
      "Exit status: 0; 1 revoked already; 65 the name or a file is not good; 66 something is"
          + " missing; 73 it is there already.",
      "",
      "Examples:",
      "  peal certs --dir certs init",
      "  peal certs --dir certs issue shell-$(hostname -s)",
      "  peal certs --dir certs issue --key-type ed25519 shell-app02",
      "  peal certs --dir certs revoke bodhi-app02"
    })
final class CertsCommand extends PealCommand {

  /** What to do. */
  enum Action {
    init,
    issue,
    revoke,
    crl,
    show
  }

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "certs",
      description = "The folder. Default: ${DEFAULT-VALUE}.")
  Path dir = Path.of("certs");

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Validity of what is made. Default: authority 3650, certificate 730.")
  @Nullable Integer days;

  @Option(
      names = "--crl-days",
      paramLabel = "N",
      description = "Validity of crl.pem; renew it before. Default: 90.")
  @Nullable Integer crlDays;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      defaultValue = "Peal CA",
      description = "With init: the authority's common name. Default: ${DEFAULT-VALUE}.")
  String authorityName = "Peal CA";

  @Option(
      names = "--key-type",
      paramLabel = "TYPE",
      description =
          "With init and issue: rsa, ed25519 or p256. Only nodes with crypto.elliptic accept the"
              + " last two. Default: with init rsa, with issue that of the authority.")
  @Nullable KeyKind keyType;

  @Parameters(index = "0", paramLabel = "init|issue|revoke|crl|show", description = "What to do.")
  Action action = Action.init;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME|FILE", description = "For what.")
  @Nullable String subject;

  CertsCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal certs";
  }

  @Override
  ExitCode run() {
    Path folder = absolute(dir);
    CertificateAuthority authority = new CertificateAuthority(folder, InstantSource.system());
    try {
      switch (action) {
        case init -> {
          CertificateInfo made =
              authority.init(
                  authorityName,
                  requireNonNullElse(keyType, KeyKind.RSA),
                  validity(CertificateAuthority.AUTHORITY_VALIDITY),
                  crlValidity());
          made(folder.resolve("ca.crt"), made);
        }
        case issue -> {
          Duration validity = validity(CertificateAuthority.CERTIFICATE_VALIDITY);
          CertificateInfo made =
              keyType == null
                  ? authority.issue(subject("NAME"), validity)
                  : authority.issue(subject("NAME"), keyType, validity);
          made(folder.resolve(subject("NAME") + ".crt"), made);
        }
        case revoke -> {
          CertificateInfo gone = authority.revoke(subject("NAME"), crlValidity());
          print("revoked " + subject("NAME") + ", serial " + gone.serial().toString(16));
        }
        case crl ->
            print(
                "crl.pem is valid until "
                    + authority.renewCrl(crlValidity()).truncatedTo(ChronoUnit.SECONDS));
        case show -> show(CertificateInfo.read(readable("show", Path.of(subject("FILE")))));
      }
      return ExitCode.OK;
    } catch (CertsException e) {
      throw new CommandException(exitCode(e), String.valueOf(e.getMessage()));
    } catch (TrustException e) {
      throw new CommandException(ExitCode.BAD_DATA, String.valueOf(e.getMessage()));
    }
  }

  /** Returns how a command ends that could not make or find a certificate. */
  static ExitCode exitCode(CertsException e) {
    return switch (e.kind()) {
      case EXISTS -> ExitCode.CANNOT_CREATE;
      case NOT_FOUND -> ExitCode.NO_INPUT;
      case BAD_NAME, UNREADABLE -> ExitCode.BAD_DATA;
      case ALREADY_REVOKED -> ExitCode.NEGATIVE;
      default -> ExitCode.CANNOT_CREATE;
    };
  }

  private Duration validity(Duration builtIn) {
    return days == null ? builtIn : days("--days", days);
  }

  private Duration crlValidity() {
    return crlDays == null ? CertificateAuthority.CRL_VALIDITY : days("--crl-days", crlDays);
  }

  private static Duration days(String option, int days) {
    Options.atLeast(option, days, 1);
    return Duration.ofDays(days);
  }

  private String subject(String what) {
    if (subject == null) {
      throw new CommandException(ExitCode.USAGE, action + " needs a " + what);
    }
    return subject;
  }

  private void made(Path file, CertificateInfo info) {
    print(
        file
            + ": "
            + info.subject()
            + ", valid until "
            + info.notAfter().truncatedTo(ChronoUnit.SECONDS));
  }

  private void show(CertificateInfo info) {
    List.of(
            "subject: " + info.subject(),
            "signer: " + info.signer().orElse("(none: no common name)"),
            "issuer: " + info.issuer(),
            "serial: " + info.serial().toString(16),
            "valid from: " + info.notBefore(),
            "valid until: " + info.notAfter(),
            "sha256: " + info.fingerprint(),
            "authority: " + (info.authority() ? "yes" : "no"),
            "key: " + info.key().map(KeyKind::title).orElse("of a kind that signs no messages"))
        .forEach(line -> print(SafeText.line(line, 1000)));
  }

  private void print(String line) {
    Output out = new Output(io.out());
    out.line(line);
    out.flush();
  }
}
