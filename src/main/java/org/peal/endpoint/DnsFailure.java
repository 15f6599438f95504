package org.peal.endpoint;

/** No usable answer from the DNS: neither that something exists nor that it does not. */
final class DnsFailure extends Exception {

  private static final long serialVersionUID = 1L;

  DnsFailure(String message) {
    super(message);
  }
}
