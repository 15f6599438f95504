package org.peal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peal.metrics.Sample;
import org.peal.stream.Following;
import org.peal.stream.StreamCounters;

/** Turns what durable subscribers know of publishers into metrics. Stateless. */
final class StreamSamples {

  private StreamSamples() {}

  static List<Sample> of(PartName part, List<Following> following) {
    List<Sample> samples = new ArrayList<>();
    for (Following each : following) {
      Map<String, String> who = Map.of("part", part.toString(), "subscriber", each.subscriber());
      samples.addAll(counted(who, each.counters()));
      perPublisher(who, each.streams(), samples);
    }
    return samples;
  }

  private static List<Sample> counted(Map<String, String> who, StreamCounters counters) {
    return List.of(
        Sample.counter("peal_stream_gaps", "gaps that were found", who, counters.gaps()),
        Sample.counter(
            "peal_stream_filled", "messages that filled gaps out of a log", who, counters.filled()),
        Sample.counter(
            "peal_stream_lost", "messages that are lost for certain", who, counters.lost()),
        Sample.counter(
            "peal_stream_late", "messages that came after what follows them", who, counters.late()),
        Sample.counter(
            "peal_stream_replay_questions",
            "questions that were put to publishers' logs",
            who,
            counters.questions()),
        Sample.gauge(
            "peal_stream_open",
            "messages that were passed over and are still asked for",
            who,
            (double) counters.open()),
        Sample.gauge("peal_stream_held", "messages that wait behind gaps", who, counters.held()));
  }

  /** A publisher that lost its log has several streams, of which one moves. */
  private static void perPublisher(
      Map<String, String> who, List<Following.Stream> streams, List<Sample> samples) {
    Map<String, Long> lags = new TreeMap<>();
    streams.forEach(stream -> lags.merge(stream.publisher(), stream.lag(), Math::max));
    lags.forEach(
        (publisher, lag) -> {
          Map<String, String> labels = new TreeMap<>(who);
          labels.put("publisher", publisher);
          samples.add(
              Sample.gauge(
                  "peal_stream_lag",
                  "messages that a publisher is known to be ahead",
                  labels,
                  lag));
        });
  }
}
