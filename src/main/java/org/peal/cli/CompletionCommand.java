package org.peal.cli;

import java.util.List;
import org.peal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code peal completion}: prints a script that makes a shell complete Peal's command lines. */
@Command(
    name = "peal completion",
    sortOptions = false,
    description =
        "Print a script that makes a shell complete the command lines of peal and of its aliases:"
            + " commands, options, files, and values where only a few are possible.",
    footer = {
      "",
      "Exit status: 0; 2 no such shell; 74 the output cannot be written.",
      "",
      "Examples:",
      "  eval \"$(peal completion bash)\"",
      "  peal completion bash > /etc/bash_completion.d/peal",
      "  peal completion zsh > ~/.peal.zsh && echo '. ~/.peal.zsh' >> ~/.zshrc",
      "  peal completion fish > ~/.config/fish/completions/peal.fish"
    })
final class CompletionCommand extends PealCommand {

  /** A shell whose completion is known. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Parameters(paramLabel = "bash|zsh|fish", description = "For which shell.")
  Shell shell = Shell.bash;

  CompletionCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal completion";
  }

  @Override
  ExitCode run() {
    List<CommandModel> models = Cli.models(io);
    String script =
        switch (shell) {
          case bash, zsh -> BashCompletion.script(models);
          case fish -> FishCompletion.script(models);
        };
    Output out = new Output(io.out());
    out.line(script.stripTrailing());
    out.flush();
    return ExitCode.OK;
  }
}
