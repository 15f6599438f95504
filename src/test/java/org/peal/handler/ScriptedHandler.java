package org.peal.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.peal.message.TopicPattern;

/** A handler that notes what it gets and does what a test says. */
final class ScriptedHandler implements Handler {

  /** What to do with a message. */
  interface Script {
    Outcome handle(Message message, HandlerContext context) throws Exception;
  }

  /** A call as it was made. */
  record Call(Message message, int attempt, boolean isRedelivered) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
  final List<LostMessages> losses = new CopyOnWriteArrayList<>();
  private final Script script;
  private final Function<Message, Optional<String>> key;

  ScriptedHandler(Script script) {
    this(script, message -> Optional.empty());
  }

  ScriptedHandler(Script script, Function<Message, Optional<String>> key) {
    this.script = script;
    this.key = key;
  }

  @Override
  public List<TopicPattern> topics() {
    return List.of(TopicPattern.parse("org.example.test.#"));
  }

  @Override
  public Outcome handle(Message message, HandlerContext context) throws Exception {
    calls.add(new Call(message, context.attempt(), context.isRedelivered()));
    return script.handle(message, context);
  }

  @Override
  public Optional<String> key(Message message) {
    return key.apply(message);
  }

  @Override
  public void lost(LostMessages lost, HandlerContext context) {
    losses.add(lost);
  }

  /** Returns the ids of the messages of all calls, in order. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    calls.forEach(call -> ids.add(call.message().id().value()));
    return ids;
  }
}
