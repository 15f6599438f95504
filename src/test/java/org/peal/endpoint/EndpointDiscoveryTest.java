package org.peal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.config.ConfigException;

class EndpointDiscoveryTest {

  @TempDir Path folder;

  private final List<EndpointMap> changes = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private EndpointDiscovery discovery;
  private long clock = 1_000;

  @BeforeEach
  void prepare() throws IOException {
    write("a.yaml", "endpoints: {a: tcp://a:1}");
    // Looks only when told to, except in the tests of the watch itself.
    use(new EndpointDiscovery(folder, Duration.ofHours(1)));
  }

  @AfterEach
  void close() {
    discovery.close();
  }

  private void use(EndpointDiscovery other) {
    discovery = other;
    discovery.onChange(changes::add);
    discovery.onProblem(problem -> problems.add(problem.getMessage()));
  }

  /** Writes a file with a time of its own, however coarse the file system's clock is. */
  private Path write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    clock += 1_000;
    return Files.setLastModifiedTime(file, FileTime.fromMillis(clock));
  }

  private List<String> names() {
    return List.copyOf(discovery.current().endpoints().keySet());
  }

  @Test
  void start_goodFiles_areCurrent() {
    discovery.start();

    assertThat(names()).containsExactly("a");
    assertThat(changes).hasSize(1);
  }

  @Test
  void start_brokenFile_throwsWithItsPlace() throws IOException {
    Path file = write("b.yaml", "endpoints: {b: nowhere}");

    assertThatThrownBy(discovery::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ":1:16: endpoints.b: ");
    assertThat(discovery.current()).isEqualTo(EndpointMap.EMPTY);
    assertThat(changes).isEmpty();
  }

  @Test
  void start_missingFolder_throws() {
    use(new EndpointDiscovery(folder.resolve("missing")));

    assertThatThrownBy(discovery::start).hasMessageEndingWith("no such file or folder");
  }

  @Test
  void refresh_changedNewAndDeletedFiles_takeEffect() throws IOException {
    discovery.start();
    write("a.yaml", "endpoints: {a: tcp://a:2}");
    discovery.refresh();
    assertThat(discovery.current().endpoints().get("a")).containsExactly(new Endpoint("a", 2));
    write("b.yaml", "endpoints: {b: tcp://b:1}");
    discovery.refresh();
    assertThat(names()).containsExactly("a", "b");
    Files.delete(folder.resolve("a.yaml"));
    discovery.refresh();
    assertThat(names()).containsExactly("b");
    assertThat(changes).hasSize(4).last().isEqualTo(discovery.current());
    assertThat(problems).isEmpty();
  }

  @Test
  void refresh_nothingChanged_tellsNobody() throws IOException {
    discovery.start();
    discovery.refresh();
    write("a.yaml", "endpoints: {a: [tcp://a:1]} # same meaning");
    discovery.refresh();

    assertThat(changes).hasSize(1);
  }

  @Test
  void refresh_brokenFile_isReportedOnceAndLastGoodStateStays() throws IOException {
    discovery.start();
    Path file = write("a.yaml", "endpoints:\n  a: tcp://a:2\n  b: [");
    discovery.refresh();
    discovery.refresh();

    assertThat(problems).singleElement().asString().startsWith(file + ":3:");
    assertThat(discovery.current().endpoints().get("a")).containsExactly(new Endpoint("a", 1));

    write("b.yaml", "endpoints: {b: tcp://b:1}");
    discovery.refresh();
    assertThat(names()).as("other files go on").containsExactly("a", "b");

    write("a.yaml", "endpoints:\n  a: tcp://a:2\n  b: []\n");
    discovery.refresh();
    assertThat(discovery.current().endpoints().get("a")).containsExactly(new Endpoint("a", 2));
    assertThat(problems).hasSize(1);
  }

  @Test
  void refresh_folderGone_isReportedOnceAndHeals() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("sub"));
    Files.writeString(sub.resolve("a.yaml"), "endpoints: {s: tcp://s:1}");
    use(new EndpointDiscovery(sub, Duration.ofHours(1)));
    discovery.start();
    Path moved = Files.move(sub, folder.resolve("moved"));
    discovery.refresh();
    discovery.refresh();

    assertThat(problems).containsExactly(sub + ": no such file or folder");
    assertThat(names()).containsExactly("s");

    Files.move(moved, sub);
    discovery.refresh();
    assertThat(names()).containsExactly("s");
    assertThat(problems).hasSize(1);
  }

  @Test
  void refresh_failingListener_doesNotHinderOthers() throws IOException {
    discovery.onChange(
        map -> {
          throw new IllegalStateException("listener");
        });
    List<EndpointMap> seen = new CopyOnWriteArrayList<>();
    discovery.onChange(seen::add);
    discovery.start();

    assertThat(seen).hasSize(1);
  }

  @Test
  void watch_changeAndBreakage_areSeenWithoutBeingAsked() throws IOException {
    use(new EndpointDiscovery(folder, Duration.ofMillis(20)));
    discovery.start();
    write("b.yaml", "endpoints: {b: tcp://b:1}");
    await().untilAsserted(() -> assertThat(names()).containsExactly("a", "b"));
    write("b.yaml", "endpoints: {b: tcp");
    await().untilAsserted(() -> assertThat(problems).hasSize(1));
    assertThat(names()).containsExactly("a", "b");
    write("b.yaml", "endpoints: {b: tcp://b:1, c: tcp://c:1}");
    await().untilAsserted(() -> assertThat(names()).containsExactly("a", "b", "c"));
  }

  @Test
  void close_again_isIdempotentAndKeepsTheState() {
    discovery.start();
    discovery.close();
    discovery.close();

    assertThat(names()).containsExactly("a");
  }
}
