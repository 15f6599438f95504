package org.peal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JsonAsYamlTest {

  private static final Place PLACE = Place.named("test", Path.of("/"));

  @Test
  void parse_jsonIndentedWithTabs_isRead() {
    YamlTree tree = YamlTree.parse("{\n\t\"a\":\t[1,\n\t\t2],\n\t\"b\": \"x\\ty\"\n}\n", PLACE);
    assertThat(tree.toJson()).hasToString("{\"a\":[1,2],\"b\":\"x\\ty\"}");
  }

  @Test
  void parse_escapedSolidus_isASolidus() {
    YamlTree tree = YamlTree.parse("{\"a\": \"tcp:\\/\\/h:1\", \"b\": \"\\\\/\"}", PLACE);
    assertThat(tree.toJson()).hasToString("{\"a\":\"tcp://h:1\",\"b\":\"\\\\/\"}");
  }

  @Test
  void prepare_yaml_isLeftAlone() {
    String yaml = "a: \"b\\/c\"\n";
    assertThat(JsonAsYaml.prepare(yaml)).isSameAs(yaml);
  }
}
