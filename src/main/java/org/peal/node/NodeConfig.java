package org.peal.node;

import static java.util.Objects.requireNonNullElse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/** The {@code node} section: what {@code peal node} runs. Immutable; null means not set. */
@Doc("What `peal node` runs. Each part has a section of its own.")
public record NodeConfig(
    @Doc(
            "The name of this node in endpoint files, `SERVICE.HOST` by custom. When not set:"
                + " `peal.` and the host's short name.")
        @Nullable String name,
    @Doc(
            "What runs: `publisher`, `replay`, `bridge`, `relay`, `signing-relay`, `gateway`,"
                + " `amqp-publisher`, `handlers`. A section alone starts nothing, because others"
                + " read it too: `relay.in` is where `peal logger` publishes.")
        List<PartName> parts,
    @Doc(
            "The Unix socket on which the part `publisher` takes drafts, and on which `peal logger`"
                + " hands them over; the part `amqp-publisher` has one of its own beside it, with"
                + " `-amqp` at the end of its name. Mode 0660, group `peal` if there is one. When"
                + " not set: `submit.sock` in `$RUNTIME_DIRECTORY`, `$XDG_RUNTIME_DIR/peal` or"
                + " `/run/peal`.")
        @Nullable Path submit,
    @Doc(
            "The most drafts of one user that wait for a node in the user's outbox, `outbox` in the"
                + " state folder. One more is refused.")
        Integer outbox) {

  /** The most bytes that Java gives to the name of a Unix socket. */
  public static final int LONGEST_SOCKET = 106;

  /** Stands for the parts where it does not matter which there are. */
  private static final List<PartName> NO_MATTER = List.of(PartName.RELAY);

  public NodeConfig {
    parts = parts == null ? List.of(PartName.RELAY) : parts.stream().distinct().sorted().toList();
    outbox = requireNonNullElse(outbox, 1000);
    if (outbox < 0 || outbox > 100_000) {
      throw new IllegalArgumentException("outbox must be from 0 to 100000: " + outbox);
    }
    if (submit != null && isTooLong(submit)) {
      throw new IllegalArgumentException(
          "submit must have at most "
              + LONGEST_SOCKET
              + " bytes, as a Unix socket may: \""
              + submit
              + "\"; name a shorter path, such as /run/peal/submit.sock");
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts must name at least one part to run");
    }
    if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")) {
      throw new IllegalArgumentException(
          "name must be letters, digits, dots, - and _, as in bodhi.app01: \"" + name + "\"");
    }
  }

  private static boolean isTooLong(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET;
  }

  /** Returns the name in endpoint files of a node on a machine, which has {@code host} as name. */
  public String nameOn(String host) {
    return name != null ? name : "peal." + host.split("\\.", 2)[0];
  }

  /** Returns what one part may depend on: all but which others there are. */
  NodeConfig withoutParts() {
    return new NodeConfig(name, NO_MATTER, submit, outbox);
  }
}
