package org.peal.node;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what a part holds, one failure not keeping the rest open. Stateless. */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void quietly(@Nullable AutoCloseable resource) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (PealException e) {
      LOG.warn("not everything could be closed: {}", e.getMessage());
    } catch (Exception e) {
      LOG.warn("not everything could be closed", e);
    }
  }
}
