package org.peal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The package graph of {@code docs/architecture.md}, and who may use which library. */
class ArchitectureTest {

  private static final String ROOT = "org.peal";

  /** Package to what it may use; a row for each package that exists, lowest first. */
  private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

  static {
    MAY_USE.put("", Set.of());
    MAY_USE.put("metrics", Set.of(""));
    MAY_USE.put("http", Set.of("", "metrics"));
    MAY_USE.put("json", Set.of(""));
    MAY_USE.put("config", Set.of("", "json"));
    MAY_USE.put("message", Set.of("", "json", "config"));
    MAY_USE.put("filter", Set.of("", "message", "json", "config"));
    MAY_USE.put("sentence", Set.of("", "message", "json", "config"));
    MAY_USE.put("schema", Set.of("", "filter", "message", "json", "config"));
    MAY_USE.put("crypto", Set.of("", "message", "json", "config"));
    MAY_USE.put("crypto.x509", Set.of("", "crypto", "message", "json", "config"));
    MAY_USE.put("crypto.gpg", Set.of("", "crypto", "message", "json", "config"));
    MAY_USE.put("store", Set.of("", "message", "json", "config"));
    MAY_USE.put("lease", Set.of("", "store", "config"));
    MAY_USE.put("endpoint", Set.of("", "config"));
    MAY_USE.put("tls", Set.of(""));
    MAY_USE.put("service.koji", Set.of("", "tls", "json", "config"));
    MAY_USE.put("service.mbs", Set.of("", "json", "config"));
    MAY_USE.put("bus", Set.of("", "message", "json", "crypto"));
    MAY_USE.put("bus.zmq", Set.of("", "bus", "message", "endpoint", "config"));
    MAY_USE.put("stream", Set.of("", "bus", "crypto", "message", "store", "json", "config"));
    MAY_USE.put(
        "handler",
        Set.of(
            "lease", "", "bus", "crypto", "message", "metrics", "store", "stream", "json",
            "config"));
    MAY_USE.put("bus.amqp", Set.of("", "bus", "schema", "tls", "message", "json", "config"));
    MAY_USE.put(
        "handler.amqp",
        Set.of(
            "",
            "handler",
            "bus",
            "bus.amqp",
            "schema",
            "message",
            "store",
            "stream",
            "json",
            "config"));
    MAY_USE.put("handler.log", Set.of("", "handler", "message", "config"));
    MAY_USE.put("handler.tagging", Set.of("", "message", "json", "config"));
    MAY_USE.put(
        "handler.tagging.action",
        Set.of(
            "",
            "handler",
            "handler.tagging",
            "service.koji",
            "service.mbs",
            "bus",
            "message",
            "metrics",
            "json",
            "config"));
    MAY_USE.put(
        "bridge",
        Set.of(
            "",
            "bus",
            "bus.amqp",
            "crypto",
            "message",
            "metrics",
            "schema",
            "store",
            "stream",
            "json",
            "config"));
    MAY_USE.put("node.submit", Set.of("", "bus", "message", "json"));
    MAY_USE.put(
        "node.replay",
        Set.of(
            "",
            "bus",
            "bus.zmq",
            "stream",
            "store",
            "endpoint",
            "crypto",
            "message",
            "json",
            "config"));
    MAY_USE.put(
        "node",
        Set.of(
            "",
            "bridge",
            "lease",
            "node.replay",
            "node.submit",
            "bus",
            "bus.amqp",
            "schema",
            "bus.zmq",
            "crypto",
            "crypto.gpg",
            "crypto.x509",
            "endpoint",
            "handler",
            "handler.amqp",
            "http",
            "message",
            "metrics",
            "sentence",
            "store",
            "stream",
            "json",
            "config"));
    MAY_USE.put(
        "doctor",
        Set.of(
            "",
            "handler",
            "handler.amqp",
            "bridge",
            "lease",
            "node",
            "bus",
            "bus.amqp",
            "schema",
            "bus.zmq",
            "crypto",
            "crypto.gpg",
            "crypto.x509",
            "endpoint",
            "store",
            "message",
            "json",
            "config"));
    MAY_USE.put(
        "bench",
        Set.of(
            "",
            "node",
            "node.replay",
            "node.submit",
            "stream",
            "bus",
            "bus.amqp",
            "schema",
            "bus.zmq",
            "crypto",
            "crypto.x509",
            "endpoint",
            "store",
            "message",
            "json",
            "config"));
    MAY_USE.put(
        "cli",
        Set.of(
            "",
            "bridge",
            "lease",
            "bench",
            "doctor",
            "node",
            "node.replay",
            "node.submit",
            "bus",
            "bus.amqp",
            "schema",
            "bus.zmq",
            "crypto",
            "crypto.gpg",
            "crypto.x509",
            "endpoint",
            "filter",
            "handler",
            "handler.amqp",
            "handler.tagging",
            "handler.tagging.action",
            "service.koji",
            "service.mbs",
            "http",
            "message",
            "metrics",
            "sentence",
            "store",
            "stream",
            "json",
            "config"));
  }

  /** Library to the packages that may see its types. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("org.zeromq", Set.of("bus.zmq", "bench")),
          Map.entry("zmq", Set.of("bus.zmq")),
          Map.entry("org.bouncycastle", Set.of("crypto.x509", "crypto.gpg")),
          Map.entry("com.rabbitmq", Set.of("bus.amqp", "bench")),
          Map.entry("com.networknt", Set.of("schema")),
          Map.entry("org.yaml.snakeyaml", Set.of("config")),
          Map.entry("com.fasterxml.jackson.dataformat.toml", Set.of("config")),
          Map.entry("com.google.re2j", Set.of("filter")),
          Map.entry("picocli", Set.of("cli")),
          Map.entry("com.github.benmanes.caffeine", Set.of("crypto.x509")),
          Map.entry("org.xbill", Set.of("endpoint")),
          Map.entry("org.sqlite", Set.of("store")),
          Map.entry("org.postgresql", Set.of("store")),
          Map.entry("org.eclipse.jetty", Set.of("http")),
          Map.entry("io.prometheus", Set.of("metrics")));

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packages_existing_haveARowInTheGraph() {
    Set<String> existing =
        classes.stream()
            .filter(c -> !c.getSimpleName().equals("package-info"))
            .map(c -> shortName(c.getPackageName()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(existing).isEqualTo(new TreeSet<>(MAY_USE.keySet()));
  }

  @Test
  void packages_all_useOnlyWhatTheGraphAllows() {
    MAY_USE.forEach(
        (from, allowed) -> {
          Set<String> forbidden = new HashSet<>(MAY_USE.keySet());
          forbidden.removeAll(allowed);
          forbidden.remove(from);
          noClasses()
              .that()
              .resideInAPackage(longName(from))
              .should()
              .dependOnClassesThat(inOneOf(forbidden))
              .check(classes);
        });
  }

  @Test
  void packages_all_areFreeOfCycles() {
    slices().matching("org.peal.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void libraries_each_areSeenOnlyInTheirRow() {
    LIBRARIES.forEach(
        (library, packages) ->
            noClasses()
                .that(not(packages))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library, library + "..")
                .check(classes));
  }

  @Test
  void classes_outsideCli_neitherPrintNorExit() {
    List<String> rest = MAY_USE.keySet().stream().filter(p -> !p.equals("cli")).toList();
    for (String from : rest) {
      noClasses()
          .that()
          .resideInAPackage(longName(from))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Throwable.class, "printStackTrace")
          .check(classes);
    }
  }

  @Test
  void classes_all_neitherSleepNorUseOldFiles() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .check(classes);
  }

  private static DescribedPredicate<JavaClass> inOneOf(Set<String> packages) {
    return DescribedPredicate.describe(
        "reside in one of " + packages,
        c -> isOurs(c) && packages.contains(shortName(c.getPackageName())));
  }

  private static DescribedPredicate<JavaClass> not(Set<String> packages) {
    return DescribedPredicate.describe(
        "reside outside " + packages, c -> !packages.contains(shortName(c.getPackageName())));
  }

  private static boolean isOurs(JavaClass c) {
    return c.getPackageName().equals(ROOT) || c.getPackageName().startsWith(ROOT + ".");
  }

  private static String shortName(String packageName) {
    return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
  }

  private static String longName(String shortName) {
    return shortName.isEmpty() ? ROOT : ROOT + "." + shortName;
  }
}
