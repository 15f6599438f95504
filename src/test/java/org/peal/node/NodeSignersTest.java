package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.GpgConfig;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.Sha256;
import org.peal.message.Scheme;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.testing.TestPki;

class NodeSignersTest {

  private static final String ANNS = "org.example.dev.ann.item";
  private static final String BOBS = "org.example.dev.bob.item";

  @TempDir static Path folder;

  @BeforeAll
  static void makePairs() throws IOException {
    TestPki.Identity authority = new TestPki().root("CA");
    for (String name : List.of("ann", "bob")) {
      TestPki.Identity identity = authority.issue(name);
      Files.writeString(folder.resolve(name + ".crt"), identity.pem());
      Path key = Files.writeString(folder.resolve(name + ".key"), identity.keyPem());
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Ann's is the usual key pair; each of the two may use a topic of their own. */
  private static NodeSigners signers(Optional<List<String>> allowed) {
    CryptoConfig config =
        new CryptoConfig(
            null,
            null,
            null,
            null,
            Duration.ZERO,
            folder,
            Map.of("shell", "ann", "git", "bob"),
            null,
            null,
            false,
            null,
            List.of(Scheme.X509),
            Scheme.X509,
            Sha256.OFF,
            EllipticKeys.OFF,
            new GpgConfig(List.of(), null, null, null, false));
    RoutingPolicy policy =
        new RoutingPolicy(
            List.of(
                new RoutingPolicy.Rule(ANNS, Set.of("ann")),
                new RoutingPolicy.Rule(BOBS, Set.of("bob"))),
            false);
    return new NodeSigners(config, new OwnKeys(config, "host"), allowed, () -> policy);
  }

  private static Draft draft(String topic, Optional<String> prefix) {
    return new Draft(
        new Topic(topic),
        JsonNodeFactory.instance.numberNode(1),
        JsonNodeFactory.instance.objectNode(),
        Severity.INFO,
        Optional.empty(),
        Optional.empty(),
        prefix);
  }

  private static void assertForbidden(NodeSigners signers, Draft draft, String why) {
    assertThatThrownBy(() -> signers.of(draft))
        .isInstanceOfSatisfying(
            PublishException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN))
        .hasMessageContaining(why);
  }

  @Test
  void of_topicOfTheSigner_signs() {
    NodeSigners signers = signers(Optional.empty());
    assertThat(signers.of(draft(ANNS, Optional.empty()))).isPresent();
    assertThat(signers.of(draft(BOBS, Optional.of("git")))).isPresent();
    assertThat(signers.of(draft("org.example.dev.free", Optional.of("git")))).isPresent();
  }

  @Test
  void of_topicOfSomebodyElse_isForbiddenByThePolicy() {
    NodeSigners signers = signers(Optional.empty());
    assertForbidden(
        signers,
        draft(BOBS, Optional.empty()),
        "the routing policy does not let \"ann\" use the topic " + BOBS);
    assertForbidden(signers, draft(ANNS, Optional.of("git")), "does not let \"bob\" use the topic");
  }

  @Test
  void of_prefixThatIsNotListed_isForbidden() {
    NodeSigners signers = signers(Optional.of(List.of("shell")));
    assertThat(signers.of(draft(ANNS, Optional.of("shell")))).isPresent();
    assertForbidden(
        signers, draft(BOBS, Optional.of("git")), "does not sign for cert-prefix \"git\"");
  }

  @Test
  void of_prefixThatIsNoName_isForbidden() {
    assertForbidden(
        signers(Optional.empty()), draft(ANNS, Optional.of("../ann")), "does not sign for");
  }
}
