package org.peal.service.koji;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Thrown when Koji was asked and no result came; its kinds are all there are. */
public abstract sealed class KojiException extends PealException
    permits KojiFaultException,
        KojiLoginException,
        KojiLostReplyException,
        KojiReplyException,
        KojiRequestException,
        KojiSetupException,
        KojiTransportException {

  KojiException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns what a session does about it. */
  abstract Remedy remedy();

  /** Tells whether the hub may have carried out the call all the same. */
  abstract boolean mayHaveRun();
}
