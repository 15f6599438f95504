package org.peal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.crypto.KeyKind;
import org.peal.crypto.x509.CertificateAuthority;
import org.peal.crypto.x509.CertsException;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal init}: a configuration folder that works at once. */
@Command(
    name = "peal init",
    sortOptions = false,
    description = {
      "Write the configuration of a node into a new folder: peal.yaml with comments, policy.yaml,"
          + " endpoints.d, and certs with an authority, a revocation list and key pairs. With"
          + " --join, write the folder of one more host of a site. Nothing is overwritten."
    },
    footer = {
      "",
      "Exit status: 0; 65 a name is not good; 66 there is no such site; 73 the folder is not empty,"
          + " or a file cannot be written.",
      "",
      "Examples:",
      "  peal init site && peal node --config site",
      "  peal init /etc/peal --address app01.example.org",
      "  peal init app02 --join site --host app02 --address app02.example.org"
    })
final class InitCommand extends PealCommand {

  @Parameters(paramLabel = "DIR", description = "The folder to make.")
  Path dir = Path.of("");

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Short name of the host that it is for. Default: this one's.")
  @Nullable String host;

  @Option(
      names = "--address",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Name or address under which other hosts reach it. Default: ${DEFAULT-VALUE}, so only"
              + " this machine does.")
  String address = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Listen on N to N+7 instead of the usual ports 2001, 4001, 9940, 2011, 4011, 3000,"
              + " 4002 and 9941: for several nodes on one machine.")
  @Nullable Integer port;

  @Option(
      names = "--join",
      paramLabel = "SITE",
      description = "Take authority and endpoints of the site in this folder, which lists it too.")
  @Nullable Path join;

  @Option(
      names = "--key-type",
      paramLabel = "TYPE",
      description =
          "The kind of the keys: rsa, or ed25519 or p256 for a site without nodes of fedmsg, which"
              + " refuse them. Default: rsa, with --join that of the site's authority.")
  @Nullable KeyKind keyType;

  InitCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal init";
  }

  @Override
  ExitCode run() throws IOException {
    NewSite site;
    try {
      site = new NewSite(absolute(dir), hostName(), reach(), ports(), keyKind());
      if (join == null) {
        site.write();
      } else {
        site.writeBeside(joined(join));
      }
    } catch (CertsException e) {
      throw new CommandException(CertsCommand.exitCode(e), String.valueOf(e.getMessage()));
    }
    Output out = new Output(io.out());
    (join == null ? afterwards(site) : afterwards(site, join)).forEach(out::line);
    out.flush();
    return ExitCode.OK;
  }

  private KeyKind keyKind() {
    if (keyType != null) {
      return keyType;
    }
    return join == null ? KeyKind.RSA : NewSite.authority(joined(join)).kind();
  }

  private String hostName() {
    String full = host == null ? Setup.hostName(io) : host;
    int dot = full.indexOf('.');
    String name = dot < 0 ? full : full.substring(0, dot);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,49}")) {
      throw new CommandException(
          host == null ? ExitCode.BAD_DATA : ExitCode.USAGE,
          "--host must be letters, digits, - or _, at most 50: \"" + name + "\"");
    }
    return name;
  }

  private String reach() {
    if (address.equals("*")) {
      throw new CommandException(
          ExitCode.USAGE, "--address must be what others connect to, not every interface: \"*\"");
    }
    String text = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    return Options.address("--address", "tcp://" + text + ":0").host();
  }

  private NewSite.Ports ports() {
    if (port == null) {
      return NewSite.Ports.USUAL;
    }
    Options.atLeast("--port", port, 1);
    int most = 65_536 - NewSite.Ports.COUNT;
    if (port > most) {
      throw new CommandException(ExitCode.USAGE, "--port must be at most " + most + ": " + port);
    }
    return NewSite.Ports.from(port);
  }

  private Path joined(Path given) {
    Path site = absolute(given);
    for (String needed : List.of("endpoints.d", "certs/ca.crt", "certs/ca.key", "certs/crl.pem")) {
      if (!Files.exists(site.resolve(needed))) {
        throw new CommandException(
            ExitCode.NO_INPUT,
            "--join: no " + needed + " in " + given + ": name a folder that peal init has made");
      }
    }
    return site;
  }

  private List<String> afterwards(NewSite site) {
    LocalDate end =
        InstantSource.system()
            .instant()
            .plus(CertificateAuthority.CRL_VALIDITY)
            .atZone(ZoneOffset.UTC)
            .toLocalDate();
    return List.of(
        "made " + dir + " for host " + site.host(),
        "",
        "Start the node, and in other terminals watch and say something:",
        "  peal node --config " + dir,
        "  peal tail --config " + dir,
        "  peal logger --config " + dir + " --message hi",
        "",
        "One more host, with a folder of its own that you then copy to it:",
        "  peal init HOST --join " + dir + " --host HOST --address HOST.example.org",
        "",
        "Renew the revocation list before " + end + ", else every message is refused:",
        "  peal certs --dir " + dir.resolve("certs") + " crl",
        "Whoever has " + dir.resolve("certs/ca.key") + " can sign as anybody: keep it safe.");
  }

  private List<String> afterwards(NewSite site, Path joined) {
    tellOfLoopback(site, absolute(joined));
    return List.of(
        "made " + dir + " for host " + site.host() + ", listed in " + site.endpointFile(joined),
        "",
        "Copy the folder to the host and start its node there:",
        "  peal node --config " + dir,
        "",
        "Nodes that run with " + joined + " notice within seconds. Copy",
        "  " + site.endpointFile(joined),
        "to endpoints.d of all other hosts, and after each change "
            + joined
            + "/certs/crl.pem to their certs.");
  }

  /** An address that only its own machine reaches is a riddle on every other one. */
  private void tellOfLoopback(NewSite site, Path joined) {
    if (NewSite.isLoopback(site.address())) {
      return;
    }
    for (Map.Entry<String, List<Endpoint>> entry :
        EndpointFiles.read(joined.resolve("endpoints.d")).endpoints().entrySet()) {
      for (Endpoint each : entry.getValue()) {
        if (NewSite.isLoopback(each.host())) {
          say(
              "warning: other hosts cannot reach "
                  + entry.getKey()
                  + " at "
                  + each
                  + ": let it listen on tcp://*:"
                  + each.port()
                  + " (relay.out) and list the name of its host in endpoints.d");
        }
      }
    }
  }
}
