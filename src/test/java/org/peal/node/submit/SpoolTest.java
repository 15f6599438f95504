package org.peal.node.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Draft;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.node.submit.Spool.Taker.Fate;

class SpoolTest {

  @TempDir Path folder;
  private Spool spool;

  @BeforeEach
  void makeSpool() {
    spool = new Spool(folder.resolve("a/outbox"), 600);
  }

  private static Draft draft(int number) {
    return new Draft(
        new Topic("a.b"),
        JsonNodeFactory.instance.objectNode().put("n", number),
        JsonNodeFactory.instance.objectNode().put("h", "\u00e9"),
        Severity.INFO,
        Optional.of(new MessageId("2026-" + number)),
        Optional.of("alice"),
        Optional.of("shell"));
  }

  private static List<Draft> drafts(int from, int until) {
    return IntStream.range(from, until).mapToObj(SpoolTest::draft).toList();
  }

  private List<Draft> takeAll() throws Exception {
    List<Draft> taken = new ArrayList<>();
    spool.empty(
        page -> {
          taken.addAll(page);
          return page.stream().map(draft -> Fate.ACCEPTED).toList();
        });
    return taken;
  }

  @Test
  void empty_whatWasAdded_inOrderAndOnce() throws Exception {
    assertThat(spool.isEmpty()).isTrue();
    assertThat(spool.add(drafts(0, 300))).isTrue();
    assertThat(spool.add(drafts(300, 310))).isTrue();

    assertThat(takeAll()).isEqualTo(drafts(0, 310));
    assertThat(spool.isEmpty()).isTrue();
    assertThat(takeAll()).isEmpty();
  }

  @Test
  void add_beyondItsSize_keepsNothing() throws Exception {
    assertThat(spool.add(drafts(0, 599))).isTrue();
    assertThat(spool.add(drafts(0, 2))).isFalse();
    assertThat(takeAll()).hasSize(599);
  }

  @Test
  void empty_laterAndRefused_staysAndIsPutAside() throws Exception {
    spool.add(drafts(0, 4));
    int accepted =
        spool.empty(page -> List.of(Fate.ACCEPTED, Fate.REFUSED, Fate.LATER, Fate.ACCEPTED));

    assertThat(accepted).isEqualTo(2);
    assertThat(takeAll()).containsExactly(draft(2));
    try (Stream<Path> aside = Files.list(spool.folder().resolve("refused"))) {
      assertThat(aside)
          .singleElement()
          .satisfies(file -> assertThat(file).content().contains("2026-1"));
    }
  }

  @Test
  void empty_takerDies_nothingIsGone() throws Exception {
    spool.add(drafts(0, 2));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    spool.empty(
                        page -> {
                          throw new IOException("gone");
                        })))
        .hasMessage("gone");
    assertThat(takeAll()).hasSize(2);
  }

  @Test
  void empty_unreadableFileAndLeftOver_doNotStandInTheWay() throws Exception {
    spool.add(drafts(0, 1));
    Files.writeString(spool.folder().resolve("000000000000.json"), "{");
    Files.writeString(spool.folder().resolve(".new"), "{\"topic\":");
    assertThat(takeAll()).containsExactly(draft(0));
  }

  @Test
  void add_folder_belongsToItsUserAlone() throws Exception {
    spool.add(drafts(0, 1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool.folder())))
        .isEqualTo("rwx------");
  }
}
