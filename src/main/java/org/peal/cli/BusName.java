package org.peal.cli;

import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import org.peal.bus.Bus;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of the buses on the command line: {@code zmq} and {@code amqp}. Stateless. */
final class BusName implements ITypeConverter<Bus>, Iterable<String> {

  @Override
  public Bus convert(String text) {
    for (Bus bus : Bus.values()) {
      if (name(bus).equals(text)) {
        return bus;
      }
    }
    throw new TypeConversionException("must be zmq or amqp: \"" + text + "\"");
  }

  @Override
  public Iterator<String> iterator() {
    return Stream.of(Bus.values()).map(BusName::name).iterator();
  }

  private static String name(Bus bus) {
    return bus.name().toLowerCase(Locale.ROOT);
  }
}
