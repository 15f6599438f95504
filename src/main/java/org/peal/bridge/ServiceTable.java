package org.peal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.SpacedJson;
import org.peal.json.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which services a bridge has seen, and on which bus they publish. Kept in a file between runs.
 * Thread-safe; bounded.
 */
public final class ServiceTable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceTable.class);
  private static final int MOST = 10_000;
  private static final int MOST_WORDS = 50;
  private static final String FILE = "services.json";

  /** By which way a message of a service was published. */
  public enum Way {
    /** By the service itself, on ZeroMQ. */
    NATIVE_ZMQ,
    /** By the service itself, on AMQP. */
    NATIVE_AMQP,
    /** By a bridge, on ZeroMQ. */
    BRIDGED_TO_ZMQ,
    /** By a bridge, on AMQP. */
    BRIDGED_TO_AMQP
  }

  /**
   * What was seen of a service. Immutable.
   *
   * @param name the beginning of its topics
   * @param last when it was last seen, by way
   * @param schemas what its native messages on AMQP are
   * @param topics some of its topics
   */
  public record Service(
      String name, Map<Way, Instant> last, Set<String> schemas, Set<String> topics) {

    public Service {
      last = Map.copyOf(last);
      schemas = Set.copyOf(schemas);
      topics = Set.copyOf(topics);
    }

    /** Tells whether nothing is new about a message, to the second. */
    private boolean hasSeen(String topic, Way way, Optional<String> schema, Instant now) {
      Instant before = last.get(way);
      return before != null
          && before.getEpochSecond() == now.getEpochSecond()
          && topics.contains(topic)
          && schema.map(schemas::contains).orElse(true);
    }
  }

  private final Path file;
  private final Map<String, Service> services = new TreeMap<>();

  /** Reads the table; {@code state} is where the node keeps what must survive it. */
  public ServiceTable(Path state) {
    this.file = state.resolve("bridge").resolve(FILE);
    try {
      if (Files.exists(file)) {
        StrictJson.parse(Files.readAllBytes(file), JsonLimits.DEFAULT)
            .forEach(one -> put(read(one)));
      }
    } catch (IOException | MalformedJsonException | IllegalArgumentException e) {
      LOG.warn("the table of services {} cannot be read: {}", file, e.getMessage());
    }
  }

  private static Service read(JsonNode one) {
    Map<Way, Instant> last = new TreeMap<>();
    one.path("last")
        .properties()
        .forEach(
            entry ->
                last.put(
                    Way.valueOf(entry.getKey()),
                    Instant.ofEpochSecond(entry.getValue().longValue())));
    return new Service(
        one.path("name").asText(), last, words(one.path("schemas")), words(one.path("topics")));
  }

  private static Set<String> words(JsonNode list) {
    Set<String> words = new TreeSet<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  private synchronized void put(Service service) {
    if (services.containsKey(service.name()) || services.size() < MOST) {
      services.put(service.name(), service);
    }
  }

  /** Notes a message. */
  synchronized void saw(String topic, Way way, Optional<String> schema, Instant now) {
    String name = ServiceName.of(topic);
    Service known = services.getOrDefault(name, new Service(name, Map.of(), Set.of(), Set.of()));
    if (known.hasSeen(topic, way, schema, now)) {
      return;
    }
    Map<Way, Instant> last = new TreeMap<>(known.last());
    last.put(way, now);
    put(
        new Service(
            name, last, with(known.schemas(), schema), with(known.topics(), Optional.of(topic))));
  }

  private static Set<String> with(Set<String> words, Optional<String> more) {
    Set<String> all = new TreeSet<>(words);
    more.filter(word -> all.size() < MOST_WORDS).ifPresent(all::add);
    return all;
  }

  /** Returns what was seen, by name. */
  public synchronized List<Service> list() {
    return new ArrayList<>(services.values());
  }

  /** Writes the table to its file. */
  void save() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Service service : list()) {
      ObjectNode one = all.addObject().put("name", service.name());
      ObjectNode last = one.putObject("last");
      new TreeMap<>(service.last())
          .forEach((way, time) -> last.put(way.name(), time.getEpochSecond()));
      ArrayNode schemas = one.putArray("schemas");
      new TreeSet<>(service.schemas()).forEach(schemas::add);
      ArrayNode topics = one.putArray("topics");
      new TreeSet<>(service.topics()).forEach(topics::add);
    }
    try {
      Files.createDirectories(file.getParent());
      Path fresh = file.resolveSibling(FILE + ".new");
      Files.write(fresh, SpacedJson.write(all));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("the table of services {} cannot be written: {}", file, e.toString());
    }
  }
}
