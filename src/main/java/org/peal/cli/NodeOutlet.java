package org.peal.cli;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.Draft;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.node.submit.Answer;
import org.peal.node.submit.Spool;
import org.peal.node.submit.SubmitClient;

/**
 * The node of this host: it accepts messages and answers for each. What it does not answer for goes
 * to the user's outbox, if that is wanted, with the ids that it was offered with, so that it counts
 * once whatever became of the first try.
 */
final class NodeOutlet implements Outlet {

  /**
   * What a command says about its messages and their fate. Immutable.
   *
   * @param username the login name that messages carry
   * @param certPrefix whose key shall sign; empty for the node's own choice
   * @param ids makes the names of messages
   * @param queues whether messages that the node does not take go to the outbox
   * @param patience how long to wait without any progress
   * @param accepted told the id of each message that was accepted
   */
  record Terms(
      String username,
      Optional<String> certPrefix,
      Supplier<MessageId> ids,
      boolean queues,
      Duration patience,
      Consumer<String> accepted) {}

  private final PealCommand command;
  private final NodeAccess access;
  private final Terms terms;
  private final Spool spool;

  /** Offered and not answered, in the order of their sending. Guarded by itself. */
  private final Map<MessageId, Draft> open = new LinkedHashMap<>();

  private volatile @Nullable String trouble;
  private volatile Answer.@Nullable Refused refusal;
  private volatile long answers;

  /** How many were handed over and have no answer. Guarded by {@link #open}. */
  private int unanswered;

  /** Makes an outlet that closes the access. */
  NodeOutlet(PealCommand command, NodeAccess access, Spool spool, Terms terms) {
    this.command = command;
    this.access = access;
    this.spool = spool;
    this.terms = terms;
    this.trouble = access.problem().orElse(null);
  }

  /** Offers first what waits in the outbox, because it came first. */
  void emptySpool() throws IOException, InterruptedException {
    if (trouble != null || spool.isEmpty()) {
      return;
    }
    int accepted = spool.empty(this::offer);
    if (accepted > 0) {
      command.say(accepted + " queued messages were accepted");
    }
  }

  private List<Spool.Taker.Fate> offer(List<Draft> drafts) throws InterruptedException {
    List<CompletionStage<Answer>> answers = new ArrayList<>();
    for (Draft draft : drafts) {
      answers.add(client().submit(draft));
    }
    List<Spool.Taker.Fate> fates = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      fates.add(fate(drafts.get(i), answers.get(i)));
    }
    return fates;
  }

  private Spool.Taker.Fate fate(Draft draft, CompletionStage<Answer> asked)
      throws InterruptedException {
    try {
      Answer answer =
          asked.toCompletableFuture().get(terms.patience().toNanos(), TimeUnit.NANOSECONDS);
      if (!(answer instanceof Answer.Refused refused)) {
        return Spool.Taker.Fate.ACCEPTED;
      }
      if (!refused.retry()) {
        command.say(
            "queued message %s is refused and put aside in %s: %s"
                .formatted(id(draft), spool.folder(), refused.why()));
        return Spool.Taker.Fate.REFUSED;
      }
      trouble = refused.why();
    } catch (ExecutionException e) {
      trouble = String.valueOf(requireNonNullElse(e.getCause(), e).getMessage());
    } catch (TimeoutException e) {
      trouble = "the node does not answer";
    }
    return Spool.Taker.Fate.LATER;
  }

  private SubmitClient client() {
    return access.client().orElseThrow();
  }

  @Override
  public void send(Topic topic, JsonNode body) throws InterruptedException {
    MessageId id = terms.ids().get();
    Draft draft =
        new Draft(
            topic,
            body,
            JsonNodeFactory.instance.objectNode(),
            Severity.INFO,
            Optional.of(id),
            Optional.of(terms.username()),
            terms.certPrefix());
    synchronized (open) {
      // One more than fits, so that the end is told, and no more: memory is bounded.
      if (refusal != null || trouble != null && open.size() > spool.most()) {
        return;
      }
      open.put(id, draft);
      if (trouble != null) {
        return;
      }
      unanswered++;
    }
    client().submit(draft).whenComplete((answer, failure) -> answered(id, answer, failure));
  }

  private void answered(MessageId id, @Nullable Answer answer, @Nullable Throwable failure) {
    if (answer instanceof Answer.Accepted) {
      // Printed first: what was printed is accepted, and nothing ends before it is printed.
      terms.accepted().accept(id.value());
    }
    synchronized (open) {
      answers++;
      unanswered--;
      if (failure != null) {
        stumble(String.valueOf(failure.getMessage()));
      } else if (answer instanceof Answer.Refused refused && refused.retry()) {
        stumble(refused.why());
      } else {
        open.remove(id);
        if (answer instanceof Answer.Refused refused && refusal == null) {
          refusal = refused;
        }
      }
      open.notifyAll();
    }
  }

  /** Keeps the first reason: what comes after it, comes of it. */
  private void stumble(String why) {
    if (trouble == null) {
      trouble = why;
    }
  }

  @Override
  public boolean isStopped() {
    synchronized (open) {
      return refusal != null || trouble != null && (!terms.queues() || open.size() > spool.most());
    }
  }

  @Override
  public Optional<String> finish() throws Exception {
    awaitAnswers();
    List<Draft> left;
    synchronized (open) {
      left = List.copyOf(open.values());
      open.clear();
    }
    if (!left.isEmpty()) {
      keep(left);
    }
    Answer.Refused refused = refusal;
    if (refused != null) {
      throw new CommandException(
          refused.kind().equals("forbidden") ? ExitCode.REFUSED : ExitCode.BAD_DATA,
          "not accepted by the node: " + refused.why());
    }
    return Optional.empty();
  }

  /**
   * Waits until each draft that was handed over has its answer, or the node has not answered
   * anything for too long. One that is to be tried again is not the last answer: what the node
   * accepts after it must be told as well.
   */
  private void awaitAnswers() throws InterruptedException {
    synchronized (open) {
      for (long before = -1; unanswered > 0 && answers != before; ) {
        before = answers;
        awaitAnswerAfter(before);
      }
      if (unanswered > 0) {
        stumble("the node does not answer");
      }
    }
    access.client().ifPresent(SubmitClient::close);
  }

  /** Waits for one more answer; under the lock. */
  private void awaitAnswerAfter(long before) throws InterruptedException {
    long end = System.nanoTime() + terms.patience().toNanos();
    long rest = terms.patience().toMillis();
    while (unanswered > 0 && answers == before && rest > 0) {
      open.wait(rest);
      rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private void keep(List<Draft> left) throws IOException {
    String why = String.valueOf(trouble);
    if (!terms.queues()) {
      throw new CommandException(
          ExitCode.TEMPORARY, count(left) + " not accepted and not kept: " + why);
    }
    if (!spool.add(left)) {
      throw new CommandException(
          ExitCode.TEMPORARY,
          "%s not accepted and not kept: the outbox %s is full (node.outbox: %d), and %s"
              .formatted(count(left), spool.folder(), spool.most(), why));
    }
    if (left.size() == 1) {
      command.say("queued " + id(left.get(0)) + ", not yet accepted: " + why);
    } else {
      command.say(
          "queued %d messages, not yet accepted, from %s to %s: %s"
              .formatted(left.size(), id(left.get(0)), id(left.get(left.size() - 1)), why));
    }
  }

  private static String id(Draft draft) {
    return draft.id().map(MessageId::value).orElse("");
  }

  private static String count(List<Draft> left) {
    return left.size() == 1 ? "message" : left.size() + " messages";
  }

  @Override
  public void close() {
    access.client().ifPresent(SubmitClient::close);
  }
}
