package org.peal.node.submit;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Unix socket of a node in the file system. Immutable.
 *
 * @param path where it is; Java refuses more than 106 bytes
 */
record SubmitAddress(Path path) {

  private static final Logger LOG = LoggerFactory.getLogger(SubmitAddress.class);
  private static final String GROUP = "peal";
  private static final String MODE = "rw-rw----";

  /**
   * Listens; what a node left here that has died is removed.
   *
   * @throws IOException if another process listens here, or the folder does not allow it
   */
  ServerSocketChannel listen() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    removeStale();
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      restrict();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
  }

  private void removeStale() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (Files.isRegularFile(path) || Files.isDirectory(path)) {
      throw new IOException(path + " is there and is no socket");
    }
    if (isAnswered()) {
      throw new IOException(path + " is in use by another process");
    }
    Files.delete(path);
  }

  private boolean isAnswered() {
    try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return other.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The system's own mask may have left it open to more, or closed it to the group. */
  private void restrict() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    view.setPermissions(PosixFilePermissions.fromString(MODE));
    try {
      GroupPrincipal group =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
      view.setGroup(group);
    } catch (UserPrincipalNotFoundException e) {
      LOG.debug("there is no group {}", GROUP);
    } catch (IOException e) {
      LOG.warn("{} stays with the group of this process: {}", path, e.getMessage());
    }
  }

  /** Removes the socket, so that nobody tries it in vain. */
  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("cannot remove {}", path, e);
    }
  }
}
