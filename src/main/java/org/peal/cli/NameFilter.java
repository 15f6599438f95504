package org.peal.cli;

import java.util.Collections;
import java.util.Set;
import java.util.function.Predicate;
import org.peal.bus.Delivery;
import org.peal.sentence.Sentence;
import org.peal.sentence.Sentences;

/**
 * Picks messages by the accounts and packages that they name; an empty set stands for all.
 * Thread-safe.
 */
record NameFilter(Sentences sentences, Set<String> users, Set<String> packages)
    implements Predicate<Delivery> {

  NameFilter {
    users = Set.copyOf(users);
    packages = Set.copyOf(packages);
  }

  @Override
  public boolean test(Delivery delivery) {
    return delivery.tree().map(sentences::of).filter(this::names).isPresent();
  }

  private boolean names(Sentence sentence) {
    return any(users, sentence.users()) && any(packages, sentence.packages());
  }

  private static boolean any(Set<String> wanted, Set<String> named) {
    return wanted.isEmpty() || !Collections.disjoint(wanted, named);
  }
}
