package org.peal.lease;

/** What a node does when the database with the leases cannot be used. */
public enum Away {
  /** It does nothing until the database is back. */
  STAND_BY,
  /** It acts on its own, as all others may; what they do may be done twice. */
  ACT
}
