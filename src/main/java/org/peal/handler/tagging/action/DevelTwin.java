package org.peal.handler.tagging.action;

/** Whether tags are asked for on the twin with the suffix {@code -devel}. */
public enum DevelTwin {
  /** In any case, as the original does; where there are no twins the hub refuses each. */
  ALWAYS,
  /** Only where the hub has one. */
  IF_THERE
}
