package org.peal.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes authorities, certificates and revocation lists for tests.
 *
 * <p>All identities of one instance have different RSA keys; the keys are shared between instances,
 * since making them is slow. Unless said otherwise everything is valid from 2020 to 2050.
 */
public final class TestPki {

  /** The start of what is made without saying when. */
  public static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  /** The end of what is made without saying when. */
  public static final Instant END = Instant.parse("2050-01-01T00:00:00Z");

  private static final List<KeyPair> KEYS = new ArrayList<>();

  private int keysUsed;
  private long lastSerial = 100;

  /** Returns a self-signed authority with the given common name. */
  public Identity root(String name) {
    return root(name, spec -> spec);
  }

  /** Returns a self-signed authority made to order. */
  public Identity root(String name, UnaryOperator<Spec> order) {
    KeyPair keys = nextKeys();
    return make(order.apply(Spec.authority("CN=" + name)), keys, null);
  }

  /** What a certificate says. Immutable. */
  public record Spec(
      String subject,
      Instant from,
      Instant until,
      @Nullable Integer pathLength,
      boolean authority,
      @Nullable Integer keyUsage,
      List<Extra> extras,
      String algorithm,
      @Nullable KeyPair keys) {

    /** An extension of any kind. */
    public record Extra(String oid, boolean critical, ASN1Encodable value) {}

    static Spec authority(String subject) {
      int usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
      return new Spec(subject, START, END, null, true, usage, List.of(), "SHA256withRSA", null);
    }

    static Spec leaf(String subject) {
      return new Spec(subject, START, END, null, false, null, List.of(), "SHA256withRSA", null);
    }

    /** Replaces the whole subject, in the notation {@code C=US,CN=x}. */
    public Spec subject(String name) {
      return new Spec(name, from, until, pathLength, authority, keyUsage, extras, algorithm, keys);
    }

    /** Sets the start. */
    public Spec from(Instant start) {
      return new Spec(
          subject, start, until, pathLength, authority, keyUsage, extras, algorithm, keys);
    }

    /** Sets the end. */
    public Spec until(Instant end) {
      return new Spec(subject, from, end, pathLength, authority, keyUsage, extras, algorithm, keys);
    }

    /** Makes it an authority with at most so many below it. */
    public Spec pathLength(int length) {
      return new Spec(subject, from, until, length, true, keyUsage, extras, algorithm, keys);
    }

    /** Sets whether it may issue others. */
    public Spec authority(boolean wanted) {
      return new Spec(subject, from, until, pathLength, wanted, keyUsage, extras, algorithm, keys);
    }

    /** Sets the bits of {@link KeyUsage}; null leaves the extension out. */
    public Spec keyUsage(@Nullable Integer usage) {
      return new Spec(subject, from, until, pathLength, authority, usage, extras, algorithm, keys);
    }

    /** Adds an extension. */
    public Spec extra(String oid, boolean critical, ASN1Encodable value) {
      List<Extra> more = new ArrayList<>(extras);
      more.add(new Extra(oid, critical, value));
      return new Spec(subject, from, until, pathLength, authority, keyUsage, more, algorithm, keys);
    }

    /** Sets how the issuer signs, such as {@code SHA1withRSA}. */
    public Spec algorithm(String name) {
      return new Spec(subject, from, until, pathLength, authority, keyUsage, extras, name, keys);
    }

    /** Takes these keys instead of new RSA ones. */
    public Spec keys(KeyPair pair) {
      return new Spec(
          subject, from, until, pathLength, authority, keyUsage, extras, algorithm, pair);
    }
  }

  /** A certificate with its private key. Issues others. */
  public final class Identity {

    private final X509Certificate certificate;
    private final KeyPair keys;

    private Identity(X509Certificate certificate, KeyPair keys) {
      this.certificate = certificate;
      this.keys = keys;
    }

    /** Returns the certificate. */
    public X509Certificate certificate() {
      return certificate;
    }

    /** Returns its keys. */
    public KeyPair keys() {
      return keys;
    }

    /** Returns its serial number. */
    public BigInteger serial() {
      return certificate.getSerialNumber();
    }

    /** Returns the certificate as PEM text. */
    public String pem() {
      return TestPki.pem(certificate);
    }

    /** Returns the key as PKCS#8 PEM text. */
    public String keyPem() {
      try {
        return TestPki.pem(new JcaPKCS8Generator(keys.getPrivate(), null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Writes {@code NAME.crt} and {@code NAME.key}; returns the path of the first. */
    public Path write(Path directory, String name) {
      writeText(directory.resolve(name + ".key"), keyPem());
      return writeText(directory.resolve(name + ".crt"), pem());
    }

    /** Issues a certificate with the given common name. */
    public Identity issue(String name) {
      return issue(name, spec -> spec);
    }

    /** Issues a certificate made to order. */
    public Identity issue(String name, UnaryOperator<Spec> order) {
      return make(order.apply(Spec.leaf("CN=" + name)), nextKeys(), this);
    }

    /** Issues an authority. */
    public Identity intermediate(String name) {
      return intermediate(name, spec -> spec);
    }

    /** Issues an authority made to order. */
    public Identity intermediate(String name, UnaryOperator<Spec> order) {
      return make(order.apply(Spec.authority("CN=" + name)), nextKeys(), this);
    }

    /** Returns a revocation list as PEM text. */
    public String crl(BigInteger... revoked) {
      return crl(START, END, list -> list, revoked);
    }

    /** Returns a revocation list as PEM text. */
    public String crl(Instant from, @Nullable Instant until, BigInteger... revoked) {
      return crl(from, until, list -> list, revoked);
    }

    /** Returns a revocation list made to order as PEM text. */
    public String crl(
        Instant from,
        @Nullable Instant until,
        UnaryOperator<X509v2CRLBuilder> order,
        BigInteger... revoked) {
      X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      X509v2CRLBuilder list = new X509v2CRLBuilder(issuer, Date.from(from));
      if (until != null) {
        list.setNextUpdate(Date.from(until));
      }
      for (BigInteger serial : revoked) {
        list.addCRLEntry(serial, Date.from(from), 0);
      }
      return TestPki.pem(order.apply(list).build(signer(keys, "SHA256withRSA")));
    }
  }

  private Identity make(Spec spec, KeyPair fresh, @Nullable Identity issuer) {
    KeyPair keys = spec.keys() == null ? fresh : spec.keys();
    X500Name subject = new X500Name(spec.subject());
    X500Name issuerName =
        issuer == null
            ? subject
            : X500Name.getInstance(issuer.certificate.getSubjectX500Principal().getEncoded());
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuerName,
            BigInteger.valueOf(++lastSerial),
            Date.from(spec.from()),
            Date.from(spec.until()),
            subject,
            keys.getPublic());
    addExtensions(builder, spec);
    KeyPair signing = issuer == null ? keys : issuer.keys;
    return new Identity(certificate(builder.build(signer(signing, spec.algorithm()))), keys);
  }

  private static void addExtensions(X509v3CertificateBuilder builder, Spec spec) {
    try {
      builder.addExtension(
          Extension.basicConstraints,
          true,
          spec.pathLength() == null
              ? new BasicConstraints(spec.authority())
              : new BasicConstraints(spec.pathLength()));
      if (spec.keyUsage() != null) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(spec.keyUsage()));
      }
      for (Spec.Extra extra : spec.extras()) {
        builder.addExtension(
            new ASN1ObjectIdentifier(extra.oid()), extra.critical(), extra.value());
      }
    } catch (CertIOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509Certificate certificate(X509CertificateHolder holder) {
    try {
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (java.security.cert.CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ContentSigner signer(KeyPair keys, String algorithm) {
    try {
      return new JcaContentSignerBuilder(algorithm).build(keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyPair nextKeys() {
    synchronized (KEYS) {
      if (keysUsed == KEYS.size()) {
        KEYS.add(newKeys("RSA", 2048));
      }
      return KEYS.get(keysUsed++);
    }
  }

  /** Returns new keys of any algorithm. */
  public static KeyPair newKeys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(Object content) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes a file and returns its path. */
  public static Path writeText(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
