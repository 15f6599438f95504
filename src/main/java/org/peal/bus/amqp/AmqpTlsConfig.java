package org.peal.bus.amqp;

import java.nio.file.Path;
import java.util.Optional;
import org.peal.config.Doc;

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
}
