package org.peal.node;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;
import org.peal.bus.zmq.ZmqException;

/** Says which part of a node cannot start, why, and what to do about it. */
public final class NodeException extends PealException {

  private final Category category;

  /** Makes one; the text says which part, what failed, and what would help. */
  public NodeException(String message, Category category, @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  /**
   * Says that a part cannot listen.
   *
   * @param key the setting that names the address
   */
  static NodeException cannotListen(PartName part, String key, ZmqException cause) {
    String remedy =
        switch (cause.kind()) {
          case ADDRESS_IN_USE ->
              "end what listens there (\"ss -ltnp\" shows it), or set " + key + " to another port";
          case NOT_AVAILABLE -> "set " + key + " to an address of this machine, or to tcp://*:PORT";
          case NOT_PERMITTED -> "set " + key + " to a port from 1024 on";
          case UNKNOWN_HOST -> "set " + key + " to a host that has an address";
          default -> "see " + key;
        };
    return new NodeException(
        part + " cannot start: " + cause.getMessage() + "; " + remedy, cause.category(), cause);
  }

  @Override
  public Category category() {
    return category;
  }
}
