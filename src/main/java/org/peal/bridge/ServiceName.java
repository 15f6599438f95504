package org.peal.bridge;

import java.util.List;
import java.util.Set;

/** The service that a topic belongs to: its beginning up to the word behind the environment. */
final class ServiceName {

  private static final Set<String> ENVIRONMENTS = Set.of("prod", "stg", "stage", "dev");
  private static final int DEEPEST = 3;

  /** Segments of a topic without an environment: domain and service. */
  private static final int WITHOUT = 3;

  private ServiceName() {}

  static String of(String topic) {
    List<String> segments = List.of(topic.split("\\.", -1));
    int length = Math.min(WITHOUT, segments.size());
    for (int i = 0; i <= DEEPEST && i + 1 < segments.size(); i++) {
      if (ENVIRONMENTS.contains(segments.get(i))) {
        length = i + 2;
        break;
      }
    }
    return String.join(".", segments.subList(0, length));
  }
}
