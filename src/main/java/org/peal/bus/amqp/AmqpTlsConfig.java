package org.peal.bus.amqp;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.peal.config.Doc;
import org.peal.tls.PemException;
import org.peal.tls.PemFile;
import org.peal.tls.TlsContexts;

/**
 * The section {@code amqp.tls}: whom to trust, and how to prove who we are. Immutable. It counts
 * for {@code amqps} addresses only.
 */
@Doc("TLS towards the broker; it counts for `amqps` addresses only.")
public record AmqpTlsConfig(
    @Doc("PEM file with the authorities to trust. Default: those of the system.")
        Optional<Path> caCert,
    @Doc("PEM file with the own certificate; with `keyfile` it takes the place of the password.")
        Optional<Path> certfile,
    @Doc("PEM file with the key of the own certificate, RSA or EC, without a passphrase.")
        Optional<Path> keyfile) {

  /** Tells whether the broker is shown a certificate; it takes both files. */
  boolean hasCertificate() {
    return certfile.isPresent() && keyfile.isPresent();
  }

  /**
   * Returns what the files make; hosts are to be checked by whoever connects.
   *
   * @throws PemException if a file is of no use
   * @throws GeneralSecurityException if key and certificate do not belong together
   */
  SSLContext context() throws GeneralSecurityException, IOException {
    boolean shown = hasCertificate();
    return TlsContexts.of(
        caCert.map(PemFile::read),
        certfile.filter(file -> shown).map(PemFile::read),
        keyfile.filter(file -> shown).map(PemFile::read));
  }
}
