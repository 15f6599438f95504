package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Signer;
import org.peal.crypto.SigningException;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.node.OwnKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal sign}: unsigned envelopes in, signed ones out. */
@Command(
    name = "peal sign",
    sortOptions = false,
    description =
        "Sign messages, one a line, and write them in canonical form. A text that is no JSON"
            + " object, or has a signature or certificate already, gives a line \"error: ..\".",
    footer = {
      "",
      "Exit status: 0; 65 a text failed; 66 a file is missing; 78 there is no usable key pair.",
      "",
      "Examples:",
      "  peal sign --cert me.crt --key me.key messages.jsonl",
      "  peal sign < unsigned.jsonl | peal verify"
    })
final class SignCommand extends PealCommand {

  @Option(names = "--cert", paramLabel = "FILE", description = "Sign with this certificate..")
  @Nullable Path cert;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "..and this key, both PEM. Default: the configured pair.")
  @Nullable Path key;

  @Option(
      names = "--cert-prefix",
      paramLabel = "PREFIX",
      description = "Sign with the key pair of PREFIX on this host. Default: shell.")
  @Nullable String certPrefix;

  @Option(names = "-0", description = "Messages end with NUL instead of a newline.")
  boolean nul;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The input; default: standard input.")
  @Nullable Path file;

  SignCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal sign";
  }

  @Override
  ExitCode run() throws Exception {
    CryptoConfig crypto = Setup.load(this, Map.of()).config().crypto();
    Signer signer =
        Options.signer(this, cert, key, CryptoProvider.FAST, crypto)
            .or(
                () ->
                    new OwnKeys(crypto, Setup.hostName(io))
                        .signer(certPrefix, "shell", CryptoProvider.FAST))
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.CONFIGURATION,
                        "no key pair: give --cert and --key, or set crypto.directory"));
    AtomicBoolean failed = new AtomicBoolean();
    new TextStream(new Output(io.out()))
        .run(
            TextStream.open(this, file),
            CanonicalCommand.terminator(nul),
            text -> answer(signer, text, failed));
    return failed.get() ? ExitCode.BAD_DATA : ExitCode.OK;
  }

  private static byte[] answer(Signer signer, byte[] text, AtomicBoolean failed) {
    try {
      JsonNode tree = StrictJson.parse(text, JsonLimits.DEFAULT);
      if (tree instanceof ObjectNode message) {
        return signer.signedText(message);
      }
      failed.set(true);
      return CanonicalCommand.errorLine("message must be a JSON object");
    } catch (MalformedJsonException | SigningException e) {
      failed.set(true);
      return CanonicalCommand.errorLine(String.valueOf(e.getMessage()));
    }
  }
}
