package org.peal.endpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.peal.Threads;
import org.peal.config.ConfigException;
import org.peal.config.Problem;

/**
 * Every publisher that is known at one moment, with where that is said. Immutable.
 *
 * @param endpoints from files first, then from the DNS, in order; the same address may be there
 *     under several names
 * @param domains what the DNS said, one for each domain that is asked
 * @param problems what is wrong with endpoint files; what the others say is there all the same
 */
public record EndpointCensus(
    List<KnownEndpoint> endpoints, List<DomainAnswer> domains, List<Problem> problems) {

  private static final int QUESTIONS_AT_A_TIME = 8;

  public EndpointCensus {
    endpoints = List.copyOf(endpoints);
    domains = List.copyOf(domains);
    problems = List.copyOf(problems);
  }

  /**
   * Reads the files and asks the DNS once, waiting at most some ten seconds for each answer.
   *
   * @param files where the endpoint files are, if anywhere
   * @throws ConfigException if the trust anchor cannot be read
   */
  public static EndpointCensus take(Optional<Path> files, DnsConfig dns)
      throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    Map<String, List<KnownEndpoint>> listed = new LinkedHashMap<>();
    List<String> named = new ArrayList<>();
    for (Path file : list(files, problems)) {
      try {
        EndpointFileParser.Listing listing = EndpointFiles.listing(file);
        listed.putAll(listing.endpoints());
        if (!listing.domains().isEmpty()) {
          named = new ArrayList<>(listing.domains());
        }
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    Set<String> domains = new LinkedHashSet<>(dns.domains());
    domains.addAll(named);
    List<KnownEndpoint> endpoints = new ArrayList<>();
    listed.values().forEach(endpoints::addAll);
    List<DomainAnswer> answers = ask(List.copyOf(domains), dns);
    answers.forEach(answer -> endpoints.addAll(found(answer)));
    return new EndpointCensus(endpoints, answers, problems);
  }

  private static List<Path> list(Optional<Path> files, List<Problem> problems) {
    try {
      return files.map(EndpointFiles::list).orElse(List.of());
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return List.of();
    }
  }

  private static List<KnownEndpoint> found(DomainAnswer answer) {
    return answer.targets().stream()
        .map(target -> new KnownEndpoint(answer.domain(), target, "SRV " + answer.question()))
        .toList();
  }

  private static List<DomainAnswer> ask(List<String> domains, DnsConfig dns)
      throws InterruptedException {
    if (domains.isEmpty()) {
      return List.of();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(QUESTIONS_AT_A_TIME, Threads.factory("peal-dns"));
    try (DnsClient client = new DnsClient(dns)) {
      List<CompletableFuture<DomainAnswer>> asked =
          domains.stream()
              .limit(DnsConfig.MAX_DOMAINS)
              .map(domain -> CompletableFuture.supplyAsync(() -> ask(client, domain), threads))
              .toList();
      List<DomainAnswer> answers = new ArrayList<>();
      for (CompletableFuture<DomainAnswer> question : asked) {
        answers.add(question.get());
      }
      return answers;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("asking the DNS failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static DomainAnswer ask(DnsClient client, String domain) {
    String question = SrvDiscovery.PUBLISHERS + "." + domain;
    try {
      SrvAnswer answer = SrvQuestion.ask(client, SrvDiscovery.PUBLISHERS, domain);
      String denied = answer.isDenied() ? "the DNS says that there is no such record" : "";
      String problem =
          answer.refused().isEmpty() ? denied : "records left out: " + answer.refused();
      return new DomainAnswer(domain, question, answer.targets(), problem);
    } catch (DnsFailure e) {
      return new DomainAnswer(
          domain, question, List.of(), "no answer from the DNS (" + e.getMessage() + ")");
    }
  }
}
