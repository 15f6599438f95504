package org.peal.crypto.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.Details;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.KeyKind;
import org.peal.crypto.TrustException;

/**
 * A small certificate authority in a folder, for development and small sites. Thread-safe, also
 * against other processes in the same folder.
 *
 * <p>Its files are {@code ca.crt}, {@code ca.key}, {@code crl.pem}, and {@code NAME.crt} and {@code
 * NAME.key} for each certificate. Keys are written with mode 0600 from the start; keys and
 * certificates are never overwritten; {@code crl.pem} is replaced as a whole. What is revoked is
 * kept in {@code crl.pem} alone.
 */
public final class CertificateAuthority {

  /** How long an authority is valid when nothing else is asked for. */
  public static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

  /** How long a certificate is valid when nothing else is asked for. */
  public static final Duration CERTIFICATE_VALIDITY = Duration.ofDays(730);

  /** How long a revocation list is valid when nothing else is asked for. */
  public static final Duration CRL_VALIDITY = Duration.ofDays(90);

  private static final String CA = "ca";
  private static final String CRL = "crl.pem";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
  private static final int AUTHORITY_KEY_BITS = 3072;
  private static final int CERTIFICATE_KEY_BITS = 2048;

  /** Receivers whose clock is a little slow must accept what was just made. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private final CertificateFolder folder;
  private final InstantSource clock;

  /** Makes an authority over a folder, which need not be there yet. */
  public CertificateAuthority(Path folder, InstantSource clock) {
    this.folder = new CertificateFolder(folder);
    this.clock = clock;
  }

  /** Makes an authority with an RSA key, which every node of fedmsg can trust. */
  public CertificateInfo init(String name, Duration validity, Duration crlValidity) {
    return init(name, KeyKind.RSA, validity, crlValidity);
  }

  /**
   * Makes key, certificate and an empty revocation list.
   *
   * @param name the common name of the authority, such as {@code Peal CA}
   * @param kind the kind of its key, and of those that it issues certificates for
   * @throws CertsException if there is an authority already or a file cannot be written
   */
  public CertificateInfo init(String name, KeyKind kind, Duration validity, Duration crlValidity) {
    folder.create();
    return folder.exclusively(
        () -> {
          requirePairAbsent(CA);
          folder.requireAbsent(CRL);
          KeyPair keys = kind.newKeys(AUTHORITY_KEY_BITS);
          X509CertificateHolder root = Issuer.root(name, kind, keys, start(), end(validity));
          addPair(CA, keys.getPrivate(), root);
          writeList(new Issuer(kind, keys.getPrivate(), root), null, null, crlValidity);
          return CertificateInfo.read(certificate(CA));
        });
  }

  /** Makes a key of the kind that the authority itself has, and a certificate for it. */
  public CertificateInfo issue(String name, Duration validity) {
    requireName(name);
    return issue(name, kind(), validity);
  }

  /**
   * Returns the kind of the authority's own key.
   *
   * @throws CertsException if there is no authority
   */
  public KeyKind kind() {
    return ownPair().kind();
  }

  /**
   * Makes a key and a certificate for it.
   *
   * @param name the common name and the name of the files: letters, digits, {@code . _ -}, at most
   *     64, not starting with a dot
   * @throws CertsException if the name is not allowed, is taken, or there is no authority
   */
  public CertificateInfo issue(String name, KeyKind kind, Duration validity) {
    requireName(name);
    return folder.exclusively(
        () -> {
          requirePairAbsent(name);
          Issuer issuer = issuer();
          KeyPair keys = kind.newKeys(CERTIFICATE_KEY_BITS);
          addPair(
              name,
              keys.getPrivate(),
              issuer.issue(name, keys.getPublic(), start(), end(validity)));
          return CertificateInfo.read(certificate(name));
        });
  }

  /**
   * Revokes the certificate of a name.
   *
   * @throws CertsException if there is none, it is not ours, or it is revoked already
   */
  public CertificateInfo revoke(String name, Duration crlValidity) {
    requireName(name);
    return folder.exclusively(
        () -> {
          X509Certificate certificate = parse(certificate(name));
          requireOurs(certificate, name);
          X509CRLHolder before = list();
          if (before == null) {
            throw notFound(folder.file(CRL), "restore it, or make an empty one with \"crl\"");
          }
          BigInteger serial = certificate.getSerialNumber();
          if (before.getRevokedCertificate(serial) != null) {
            throw new CertsException(
                CertsException.Kind.ALREADY_REVOKED, "already revoked: " + name, null);
          }
          writeList(issuer(), before, serial, crlValidity);
          return CertificateInfo.read(certificate(name));
        });
  }

  /**
   * Signs the revocation list again, with a new end; makes an empty one if there is none.
   *
   * @return until when the list is valid
   */
  public Instant renewCrl(Duration crlValidity) {
    return folder.exclusively(() -> writeList(issuer(), list(), null, crlValidity));
  }

  private Instant writeList(
      Issuer issuer,
      @Nullable X509CRLHolder before,
      @Nullable BigInteger revoked,
      Duration validity) {
    Instant end = end(validity);
    X509CRLHolder list = issuer.revocationList(before, revoked, start(), end);
    folder.replace(CRL, pem("X509 CRL", list::getEncoded));
    return end;
  }

  private Issuer issuer() {
    OwnKeyPair pair = ownPair();
    return new Issuer(pair.kind(), pair.key(), holder(certificate(CA)));
  }

  private OwnKeyPair ownPair() {
    Path file = certificate(CA);
    requireThere(file, "make an authority with \"init\" first");
    requireThere(folder.file(CA + ".key"), "the key of the authority is needed");
    return new KeyPairFiles(file, folder.file(CA + ".key"), EllipticKeys.SIGN).load();
  }

  private @Nullable X509CRLHolder list() {
    Path file = folder.file(CRL);
    if (!Files.exists(file)) {
      return null;
    }
    byte[] der = readable(() -> TrustText.first(file, Pem.CRL, "revocation list").der());
    try {
      if (!RevocationList.parse(der).isSignedBy(parse(certificate(CA)))) {
        throw unreadable(file + ": not signed by this authority", null);
      }
      return new X509CRLHolder(der);
    } catch (IOException | CRLException e) {
      throw unreadable(file + ": " + e.getMessage(), e);
    }
  }

  private void requireOurs(X509Certificate certificate, String name) {
    if (!Certificates.isSignedBy(certificate, parse(certificate(CA)))) {
      throw unreadable(certificate(name) + " was not issued by this authority", null);
    }
  }

  private X509Certificate parse(Path file) {
    requireThere(file, "no certificate of that name");
    byte[] der = readable(() -> TrustText.first(file, Pem.CERTIFICATE, "certificate").der());
    try {
      return Certificates.parse(der);
    } catch (CertificateException e) {
      throw unreadable(file + ": " + e.getMessage(), e);
    }
  }

  private X509CertificateHolder holder(Path file) {
    try {
      return new X509CertificateHolder(parse(file).getEncoded());
    } catch (IOException | CertificateEncodingException e) {
      throw unreadable(file + ": " + e.getMessage(), e);
    }
  }

  private void requirePairAbsent(String name) {
    folder.requireAbsent(name + ".key");
    folder.requireAbsent(name + ".crt");
  }

  /** The key comes first: a certificate without a key would be of no use to anyone. */
  private void addPair(String name, PrivateKey key, X509CertificateHolder certificate) {
    folder.add(name + ".key", pem("PRIVATE KEY", key::getEncoded), true);
    try {
      folder.add(name + ".crt", pem("CERTIFICATE", certificate::getEncoded), false);
    } catch (CertsException e) {
      folder.delete(folder.file(name + ".key"));
      throw e;
    }
  }

  private interface Encoding {
    byte[] get() throws IOException;
  }

  private static String pem(String label, Encoding encoding) {
    try {
      return Pem.write(label, encoding.get());
    } catch (IOException e) {
      throw unreadable("cannot be encoded: " + e.getMessage(), e);
    }
  }

  private static byte[] readable(Supplier<byte[]> reading) {
    try {
      return reading.get();
    } catch (TrustException e) {
      throw unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireThere(Path file, String advice) {
    if (!Files.exists(file)) {
      throw notFound(file, advice);
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(CA)) {
      throw new CertsException(
          CertsException.Kind.BAD_NAME,
          "name must be 1 to 64 letters, digits, '.', '_' or '-', not start with a dot and not be"
              + " \"ca\": \""
              + Details.excerpt(name)
              + "\"",
          null);
    }
  }

  private static CertsException notFound(Path file, String advice) {
    return new CertsException(
        CertsException.Kind.NOT_FOUND, "no file " + file + ": " + advice, null);
  }

  private static CertsException unreadable(String problem, @Nullable Exception cause) {
    return new CertsException(CertsException.Kind.UNREADABLE, problem, cause);
  }

  private Path certificate(String name) {
    return folder.file(name + ".crt");
  }

  private Instant start() {
    return clock.instant().minus(BACKDATED).truncatedTo(ChronoUnit.SECONDS);
  }

  private Instant end(Duration validity) {
    return clock.instant().plus(validity).truncatedTo(ChronoUnit.SECONDS);
  }
}
