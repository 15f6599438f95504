package org.peal.config;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;

/** A parser that refuses what PyYAML refuses about anchors. For one text, one thread. */
final class PythonParser extends ParserImpl {

  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]+");

  private final Set<String> anchors = new HashSet<>();

  PythonParser(Scanner scanner) {
    super(scanner);
  }

  @Override
  public Event getEvent() {
    Event event = super.getEvent();
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      check(node, node.getAnchor());
    }
    return event;
  }

  private void check(NodeEvent node, String name) {
    if (!NAME.matcher(name).matches()) {
      throw refused(node, "anchor must have a name of ASCII letters, digits, _ and -: " + name);
    } else if (!node.is(Event.ID.Alias) && !anchors.add(name)) {
      throw refused(node, "there are two anchors of the name " + name);
    }
  }

  private static ScannerException refused(NodeEvent node, String why) {
    return new ScannerException(null, null, why, node.getStartMark());
  }
}
