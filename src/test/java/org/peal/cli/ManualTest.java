package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.ExitCode;
import org.peal.cli.InProcess.Result;
import org.peal.config.ConfigReference;
import org.peal.node.PealConfig;
import picocli.CommandLine.Model.OptionSpec;

/** What the manual pages say; {@code ManualIT} formats them. */
class ManualTest {

  private static final List<CommandModel> MODELS = Cli.models(Io.ofProcess());
  private static final Map<String, String> PAGES = Manual.pages(MODELS);

  @TempDir Path folder;

  @Test
  void pages_everyCommand_hasOneWithItsOptionsAndFooter() {
    for (CommandModel model : MODELS.stream().flatMap(CommandModel::all).toList()) {
      String page = page("man1/" + String.join("-", model.words()) + ".1");
      assertThat(page)
          .contains(".SH \"NAME\"", ".SH \"SYNOPSIS\"", ".SH \"DESCRIPTION\"", ".SH \"OPTIONS\"")
          .contains(".SH \"EXIT STATUS\"", ".SH \"EXAMPLES\"", ".SH \"SEE ALSO\"");
      for (OptionSpec option : model.options()) {
        assertThat(page)
            .as(model.name())
            .contains("\\fB" + Roff.text(shown(option)) + "\\fR")
            .contains(Roff.text(String.join(" ", option.description())));
      }
      for (String line : model.spec().usageMessage().footer()) {
        if (!line.startsWith("Exit status: ") && !line.equals("Examples:")) {
          assertThat(page).as(model.name()).contains(Roff.text(line.strip()));
        }
      }
    }
  }

  private static String shown(OptionSpec option) {
    String name = option.longestName();
    return option.negatable() ? name.replaceFirst("^--", "--[no-]") : name;
  }

  @Test
  void pages_overview_listsEveryCommandAndStatus() {
    String page = page("man1/peal.1");
    MODELS.forEach(model -> assertThat(page).contains(Roff.text(model.name())));
    for (ExitCode code : ExitCode.values()) {
      assertThat(page).contains("\\fB" + code.status() + "\\fR\n\\&" + Roff.text(code.meaning()));
    }
  }

  @Test
  void pages_settings_haveEveryOne() {
    String page = page("man5/peal.yaml.5");
    ConfigReference.explanations(PealConfig.class)
        .forEach(
            setting ->
                assertThat(page)
                    .contains(".SS \"" + Roff.text(setting.key()) + "\"\n", setting.variable()));
    assertThat(page.lines()).noneMatch(line -> line.contains("\\(ga") || line.contains("]("));
  }

  @Test
  void pages_actionWithALongName_standsOnItsOwn() {
    String action = "import-fedora-messaging [FILE]";
    assertThat(page("man1/peal-config.1").lines()).contains(Roff.bold(action));
  }

  @Test
  void pages_smallCommands_showThePageOfTheWhole() {
    assertThat(page("man1/peal-certs-issue.1")).isEqualTo(".so man1/peal-certs.1\n");
    assertThat(page("man1/peal-config-import-fedmsg.1")).isEqualTo(".so man1/peal-config.1\n");
    assertThat(page("man1/peal-config-import-fedora-messaging.1"))
        .isEqualTo(".so man1/peal-config.1\n");
  }

  @Test
  void exitStatus_listInHelp_becomesItems() {
    assertThat(page("man1/peal-tail.1"))
        .contains("\\fB1\\fR\n\\&fewer than \\-\\-count came within \\-\\-timeout.\n")
        .contains("\\fB130 or 143\\fR\n\\&ended by a signal.\n");
  }

  @Test
  void text_whatMeansSomethingToTheFormatter_isEscaped() {
    assertThat(Roff.text("a\\fB 'x' `y` \"z\" ~ ^ -1 \u00e9\n"))
        .isEqualTo("a\\(rsfB \\(aqx\\(aq \\(gay\\(ga \\(dqz\\(dq \\(ti \\(ha \\-1 \\[u00E9] ");
    Roff page = new Roff("x", 1, "y");
    page.line(Roff.text(".SH not a heading"));
    assertThat(page.toString()).endsWith("\n\\&.SH not a heading\n");
  }

  @Test
  void run_twice_replacesPages() throws Exception {
    Path page = folder.resolve("man/man1/peal-tail.1");
    assertThat(InProcess.in(folder).run("man", "man").status()).isZero();
    String first = Files.readString(page);
    Files.writeString(page, "old");
    assertThat(InProcess.in(folder).run("man", "man")).isEqualTo(new Result(0, "", ""));
    assertThat(page).hasContent(first);
  }

  @Test
  void run_whereNothingCanBeWritten_saysSo() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    Result result = InProcess.in(folder).run("man", "file");
    assertThat(result.status()).isEqualTo(73);
    assertThat(result.err()).startsWith("peal man: cannot write ");
  }

  private static String page(String path) {
    assertThat(PAGES).containsKey(path);
    return PAGES.get(path);
  }
}
