package org.peal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpUrl;
import org.peal.bus.amqp.BrokerProbe;
import org.peal.bus.amqp.ConsumeException;

/**
 * The broker for the part of the demo that needs one: the one that an option names, one of the
 * demo's own where RabbitMQ is installed, or none. For one thread.
 */
final class BrokerAtHand implements AutoCloseable {

  private final @Nullable BrokerLogin named;
  private final @Nullable DemoBroker own;
  private final String whyNone;

  private BrokerAtHand(@Nullable BrokerLogin named, @Nullable DemoBroker own, String whyNone) {
    this.named = named;
    this.own = own;
    this.whyNone = whyNone;
  }

  /**
   * Looks for one, and begins to start it if it is to be the demo's own.
   *
   * @param named what {@code --amqp} says
   * @param folder what the demo's own keeps goes there
   * @throws CommandException if it is named and does not answer
   */
  static BrokerAtHand find(PealCommand command, @Nullable String named, Path folder)
      throws InterruptedException {
    if (named != null) {
      return new BrokerAtHand(answering(command, named), null, "");
    }
    try {
      Optional<Path> program = DemoBroker.program(command.io.environment());
      return program.isEmpty()
          ? none("there is no broker at hand")
          : new BrokerAtHand(null, DemoBroker.start(program.get(), folder), "");
    } catch (IOException | CommandException e) {
      return none("the installed RabbitMQ cannot be started: " + e.getMessage());
    }
  }

  private static BrokerAtHand none(String why) {
    return new BrokerAtHand(null, null, why);
  }

  /**
   * Returns how to log in there, which was tried; the files for it are those of the configuration.
   */
  private static BrokerLogin answering(PealCommand command, String named) {
    String url = Options.broker("--amqp", List.of(named));
    AmqpConfig config = Setup.load(command, Map.of("amqp.amqp-url", url)).config().amqp();
    try (BrokerProbe probe = BrokerProbe.open(config)) {
      if (!probe.hasExchange(AmqpConfig.TOPIC_EXCHANGE)) {
        throw new CommandException(
            ExitCode.UNREACHABLE, "--amqp: no exchange " + AmqpConfig.TOPIC_EXCHANGE);
      }
      return new BrokerLogin(url, config.tls());
    } catch (ConsumeException e) {
      throw new CommandException(e.exitCode(), "--amqp: " + e.getMessage());
    }
  }

  /** Shows the part on the broker, or says why it is left out and how to see it. */
  void show(DemoStage stage, Path folder, String signer) throws Exception {
    stage.step("a handler moves to fedora-messaging (AMQP) behind a bridge, while messages flow");
    Optional<BrokerLogin> login = login(stage);
    if (login.isPresent()) {
      new MovingDemo(stage, folder, signer, login.get()).show();
    }
  }

  private Optional<BrokerLogin> login(DemoStage stage) throws InterruptedException {
    if (named != null) {
      return Optional.of(named);
    }
    if (own == null) {
      leaveOut(stage, whyNone);
      return Optional.empty();
    }
    try {
      String address = own.awaitAddress();
      stage.line("  the broker is a RabbitMQ of the demo's own, " + AmqpUrl.parse(address));
      return Optional.of(BrokerLogin.of(address));
    } catch (CommandException e) {
      leaveOut(stage, "the installed RabbitMQ has not started: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void leaveOut(DemoStage stage, String why) {
    stage.line("  left out, because " + why);
    stage.line(
        "  to see it: install RabbitMQ (Debian: apt-get install rabbitmq-server), or name a");
    stage.line("  broker: peal demo --amqp amqp://USER:PASSWORD@HOST/");
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
