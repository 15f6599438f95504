package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peal.bus.zmq.TransportFixture.ANY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDescriptorsTest {
  @TempDir Path folder;

  @Test
  void limit_ofThisProcess_isKnownOnLinux() {
    assertThat(FileDescriptors.limit()).isPresent();
  }

  @Test
  void limit_fileWithUnlimited_isEmpty() throws IOException {
    Path file = Files.writeString(folder.resolve("limits"), "Max open files   unlimited  4 files");
    assertThat(FileDescriptors.limit(file)).isEmpty();
  }

  @Test
  void limit_ordinaryFile_isTheSoftOne() throws IOException {
    String text = "Limit  Soft Limit  Hard Limit  Units\nMax open files   1024   524288   files\n";
    Path file = Files.writeString(folder.resolve("limits"), text);
    assertThat(FileDescriptors.limit(file)).hasValue(1024);
  }

  @Test
  void limit_noFile_isEmpty() {
    assertThat(FileDescriptors.limit(folder.resolve("none"))).isEmpty();
  }

  @Test
  void check_moreSocketsThanAnyLimit_isFalse() {
    assertThat(FileDescriptors.check(1, 1)).isTrue();
    assertThat(FileDescriptors.check(Integer.MAX_VALUE, 0))
        .isEqualTo(
            FileDescriptors.limit().getAsLong() >= FileDescriptors.needed(Integer.MAX_VALUE, 0));
  }

  @Test
  void perSocket_isWhatASocketReallyTakes() throws Exception {
    try (TransportFixture fixture = new TransportFixture()) {
      ZmqTransport transport = fixture.transport();
      Publication out = transport.bindPublication(ANY, PublicationOptions.of(10));
      transport.connect("first", out.boundAddress(), List.of(""), new Inbox());
      await().until(() -> out.status().peers().open() == 1);
      long before = openFiles();
      int sockets = 20;
      for (int i = 0; i < sockets; i++) {
        transport.connect("n" + i, out.boundAddress(), List.of(""), new Inbox());
      }
      await().until(() -> out.status().peers().open() == 1 + sockets);
      // One more each for the publisher's side of the connection; a link that was just made may
      // hold one or two for a moment longer.
      double most = FileDescriptors.PER_SOCKET + 1.0;
      await().until(() -> (openFiles() - before) / (double) sockets <= most);
      assertThat((openFiles() - before) / (double) sockets).isGreaterThan(2.0);
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
