package org.peal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFolderTest {

  @TempDir Path temporary;
  private Path folder;
  private Path usual;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = temporary.toRealPath();
    usual = Files.createDirectory(folder.resolve("tmp"));
  }

  private static Mounts mounts(Object... foldersAndOptions) {
    StringBuilder text = new StringBuilder("rootfs / ext4 rw 0 0\n");
    for (int i = 0; i < foldersAndOptions.length; i += 2) {
      text.append("x %s tmpfs %s 0 0\n".formatted(foldersAndOptions[i], foldersAndOptions[i + 1]));
    }
    try {
      Path list = Files.createTempFile("mounts", "");
      Files.writeString(list, text);
      Mounts read = Mounts.read(list);
      Files.delete(list);
      return read;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void instead_programsMayRun_nothingElseIsNeeded() {
    Map<String, String> home = Map.of("HOME", folder.toString());
    assertThat(LibraryFolder.instead(usual, home, mounts(usual, "rw,nosuid"))).isEmpty();
    assertThat(LibraryFolder.instead(usual, home, new Mounts(List.of()))).isEmpty();
    assertThat(folder.resolve(".cache")).doesNotExist();
  }

  @Test
  void instead_noexec_cacheOfTheUserMadeForHimAlone() throws IOException {
    Map<String, String> home = Map.of("HOME", folder.toString());
    Path other = LibraryFolder.instead(usual, home, mounts(usual, "rw,noexec")).orElseThrow();
    assertThat(other).isEqualTo(folder.resolve(".cache/peal/native")).isDirectory();
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(other)))
        .isEqualTo("rwx------");
  }

  @Test
  void instead_noexec_firstThatMayHoldPrograms() {
    Path cache = folder.resolve("cache");
    Path state = folder.resolve("state");
    Map<String, String> service =
        Map.of(
            "CACHE_DIRECTORY",
            cache + ":" + folder.resolve("second"),
            "STATE_DIRECTORY",
            state.toString(),
            "HOME",
            "/nonexistent");
    assertThat(LibraryFolder.instead(usual, service, mounts(usual, "noexec")))
        .contains(cache.resolve("native"));
    assertThat(LibraryFolder.instead(usual, service, mounts(usual, "noexec", cache, "rw,noexec")))
        .contains(state.resolve("native"));
  }

  @Test
  void instead_allNoexec_none() {
    Map<String, String> home = Map.of("HOME", folder.toString(), "XDG_CACHE_HOME", "relative");
    assertThat(LibraryFolder.instead(usual, home, mounts(folder, "rw,noexec"))).isEmpty();
    assertThat(LibraryFolder.instead(usual, Map.of(), mounts(usual, "noexec"))).isEmpty();
  }

  @Test
  void forbidPrograms_nearestAndLastMountCounts() throws IOException {
    Path blank = Files.createDirectory(folder.resolve("a b"));
    Mounts mounts =
        mounts(
            folder,
            "noexec",
            usual,
            "rw",
            blank.toString().replace(" ", "\\040"),
            "rw",
            blank.toString().replace(" ", "\\040"),
            "noexec,rw");
    assertThat(mounts.forbidPrograms(folder)).isTrue();
    assertThat(mounts.forbidPrograms(usual)).isFalse();
    assertThat(mounts.forbidPrograms(usual.resolve("below"))).isFalse();
    assertThat(mounts.forbidPrograms(blank)).isTrue();
    assertThat(mounts.forbidPrograms(Path.of("/"))).isFalse();
    assertThat(Mounts.read(folder.resolve("none")).forbidPrograms(folder)).isFalse();
  }
}
