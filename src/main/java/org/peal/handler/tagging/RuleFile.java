package org.peal.handler.tagging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.PythonTree;

/**
 * A rule file as it was read, with all that was noticed in it. Immutable.
 *
 * @param rules what can be used of it
 * @param findings in the order of the file
 */
public record RuleFile(Rules rules, List<Finding> findings) {

  public RuleFile {
    findings = List.copyOf(findings);
  }

  /**
   * Reads a rule file.
   *
   * @param utf8 its content
   * @param source where it is from
   * @throws ConfigException if it is not YAML at all
   */
  public static RuleFile read(byte[] utf8, Place source, TaggingSettings settings) {
    RuleVersion version = new RuleVersion(sha256(utf8), InstantSource.system().instant());
    return new RuleFileReader(settings, version).read(PythonTree.parse(utf8, source));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Returns the rules for use.
   *
   * @throws ConfigException with all reasons for which the file is refused; the original refuses
   *     none
   */
  public Rules inForce(Compat compat) {
    List<Finding> refused =
        findings.stream().filter(f -> f.severity() == Finding.Severity.REFUSED).toList();
    if (compat != Compat.ORIGINAL && !refused.isEmpty()) {
      throw new ConfigException(refused.stream().map(Finding::problem).toList());
    }
    return rules;
  }
}
