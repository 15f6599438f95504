package org.peal.node.replay;

/** What a replay server is known to understand. */
enum ReplayDialect {
  /** Our extension, as far as we know yet. */
  PAGED,
  /** The queries of fedmsg. */
  PLAIN,
  /** The queries of fedmsg but ranges, on which its own store always fails. */
  WITHOUT_RANGES
}
