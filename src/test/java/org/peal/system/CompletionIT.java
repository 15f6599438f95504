package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.ExternalProcess.Setting;

/** The completion scripts in the shells that they are for. */
class CompletionIT {

  /** Calls the function as bash does when the tabulator is pressed after the words. */
  private static final String PRESS =
      """
      press() {
        COMP_LINE="$*"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        spec=$(complete -p "$1"); function=${spec#* -F }
        ${function%% *} 2>/dev/null
        printf '%s\\n' "${COMPREPLY[@]}"
      }
      . ./script; press\
      """;

  @TempDir Path folder;

  @BeforeEach
  void aFileToFind() throws Exception {
    Files.writeString(folder.resolve("authority.crt"), "");
  }

  @Test
  void bash_words_areCompleted() throws Exception {
    shell("peal completion bash > script && bash -n script");
    assertThat(press("peal", "logg")).containsExactly("logger");
    assertThat(press("peal", "tail", "--outp")).containsExactly("--output");
    assertThat(press("peal", "tail", "--output", ""))
        .containsExactlyInAnyOrder("json", "full", "terse", "pretty");
    assertThat(press("peal", "tail", "--invalid", ""))
        .containsExactlyInAnyOrder("drop", "mark", "only");
    assertThat(press("peal", "node", "--part", "rel")).containsExactly("relay");
    assertThat(press("peal", "relay", "--no-")).containsExactly("--no-validate");
    assertThat(press("peal", "certs", "--dir", "x", "re")).containsExactly("revoke");
    assertThat(press("peal", "config", "import"))
        .containsExactlyInAnyOrder("import-fedmsg", "import-fedora-messaging");
    assertThat(press("peal", "config", "explain", "crypto.crl"))
        .containsExactlyInAnyOrder("crypto.crl", "crypto.crl-grace");
    assertThat(press("fedmsg-tail", "--cow")).containsExactly("--cowsay");
  }

  @Test
  void bash_optionThatTakesAFile_getsFiles() throws Exception {
    shell("peal completion bash > script");
    assertThat(press("peal", "tail", "--ca", "auth")).containsExactly("authority.crt");
    assertThat(press("peal", "tail", "--topic", "auth")).isEmpty();
  }

  @Test
  void zsh_script_servesPealAndTheAliases() throws Exception {
    shell("peal completion zsh > script && zsh -n script");
    assertThat(
            shell(
                "zsh -f -c 'autoload -U compinit && compinit -D; . ./script;"
                    + " echo $_comps[peal]; echo $_comps[fedmsg-tail]'"))
        .hasSize(2)
        .allMatch(line -> line.contains("_bash_complete"));
  }

  @Test
  void fish_words_areCompleted() throws Exception {
    shell("peal completion fish > script && fish --no-config -n script");
    assertThat(fish("peal logg")).containsExactly("logger");
    assertThat(fish("peal tail --outp")).containsExactly("--output");
    assertThat(fish("peal tail --output "))
        .containsExactlyInAnyOrder("json", "full", "terse", "pretty");
    assertThat(fish("peal tail --ca auth")).containsExactly("authority.crt");
    assertThat(fish("peal tail --topic auth")).isEmpty();
    assertThat(fish("peal logger --topic tail --js"))
        .containsExactlyInAnyOrder("--json-input", "--json-lines");
    assertThat(fish("peal certs --dir x ")).contains("init", "revoke").doesNotContain("script");
    assertThat(fish("peal certs show auth")).containsExactly("authority.crt");
    assertThat(fish("peal config explain crypto.crl"))
        .containsExactlyInAnyOrder("crypto.crl", "crypto.crl-grace");
    assertThat(fish("peal config import-fedmsg auth")).containsExactly("authority.crt");
    assertThat(fish("fedmsg-tail --cow")).containsExactly("--cowsay");
  }

  private List<String> press(String... words) throws Exception {
    StringBuilder script = new StringBuilder(PRESS);
    Arrays.stream(words).forEach(word -> script.append(" '").append(word).append("'"));
    return shell(script.toString());
  }

  /** Returns what fish offers, without the descriptions. */
  private List<String> fish(String line) throws Exception {
    return shell("fish --no-config -c 'source script; complete -C \"" + line + "\"'").stream()
        .map(offered -> offered.split("\t")[0])
        .toList();
  }

  private List<String> shell(String script) throws Exception {
    Setting setting = Setting.plain().in(folder).with("HOME", folder.toString());
    try (Shell shell = new Shell(script, setting)) {
      shell.finish(0);
      return shell.out().stream().filter(line -> !line.isEmpty()).toList();
    }
  }
}
