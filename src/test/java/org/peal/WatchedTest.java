package org.peal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
  private final AtomicInteger loads = new AtomicInteger();

  @TempDir Path folder;
  private Path file;
  private Watched<String> watched;

  @BeforeEach
  void load() throws IOException {
    file = Files.writeString(folder.resolve("file"), "one");
    watched = Watched.load("test value", List.of(file), this::read, nanos::get);
  }

  private String read() {
    loads.incrementAndGet();
    try {
      String text = Files.readString(file);
      if (text.startsWith("bad")) {
        throw new IllegalStateException(text);
      }
      return text;
    } catch (IOException e) {
      throw new IllegalStateException("gone", e);
    }
  }

  private void passTime() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void get_withinASecond_doesNotLook() throws IOException {
    Files.writeString(file, "two two");
    assertThat(watched.get()).isEqualTo("one");
    passTime();
    assertThat(watched.get()).isEqualTo("two two");
  }

  @Test
  void get_unchanged_doesNotLoad() {
    passTime();
    watched.get();
    assertThat(loads).hasValue(1);
  }

  @Test
  void get_replacedByRename_loaded() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    passTime();
    assertThat(watched.get()).isEqualTo("two");
  }

  @Test
  void get_broken_oldStaysUntilMended() throws IOException {
    Files.writeString(file, "bad text");
    passTime();
    assertThat(watched.get()).isEqualTo("one");
    Files.delete(file);
    passTime();
    assertThat(watched.get()).isEqualTo("one");
    Files.writeString(file, "three");
    passTime();
    assertThat(watched.get()).isEqualTo("three");
  }

  @Test
  void load_broken_thrown() throws IOException {
    Files.writeString(file, "bad");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Watched.load("x", List.of(file), this::read));
  }

  @Test
  void reload_always_saysWhetherItWorked() throws IOException {
    assertThat(watched.reload()).isTrue();
    Files.writeString(file, "bad");
    assertThat(watched.reload()).isFalse();
    assertThat(loads).hasValue(3);
  }

  @Test
  void get_whileAnotherThreadLoads_oldValueAtOnce() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    AtomicInteger count = new AtomicInteger();
    Watched<Integer> slow =
        Watched.load(
            "slow",
            List.of(file),
            () -> {
              int number = count.getAndIncrement();
              if (number > 0) {
                loading.countDown();
                awaitQuietly(proceed);
              }
              return number;
            },
            nanos::get);
    Files.writeString(file, "changed text");
    passTime();
    Threads.daemon("loader", slow::get).start();
    loading.await();

    passTime();
    assertThat(slow.get()).isZero();
    proceed.countDown();
    await().untilAsserted(() -> assertThat(slow.get()).isOne());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
