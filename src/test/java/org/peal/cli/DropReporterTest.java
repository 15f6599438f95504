package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropReporterTest {

  @Test
  void look_moreWereDropped_saysHowManyAndWhyButNotAtOnceAgain() {
    List<String> said = new ArrayList<>();
    DropReporter reporter = new DropReporter("for want of room", said::add);
    reporter.look(0);
    assertThat(said).isEmpty();
    reporter.look(3);
    reporter.look(4);
    assertThat(said).containsExactly("warning: dropped 3 messages for want of room, 3 in all");
  }
}
