package org.peal.crypto.x509;

import java.nio.file.Files;
import java.nio.file.Path;
import org.peal.Watched;

/** A file of the operator. */
record FileSource(Path path) implements TrustSource {

  @Override
  public String read() {
    return TrustText.read(path);
  }

  @Override
  public boolean isThere() {
    return Files.isReadable(path);
  }

  @Override
  public Object stamp() {
    return Watched.Origin.of(path).stamp();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
