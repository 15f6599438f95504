package org.peal.cli;

/** Entry point of the {@code peal} command. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {}
}
