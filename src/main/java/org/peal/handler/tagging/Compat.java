package org.peal.handler.tagging;

/** Whose behaviour is wanted where the original's is one that nobody would want. */
public enum Compat {
  /** Ours: whole files are checked, tags are asked for once. */
  PEAL,
  /** The original's, in every detail that a rule file can show. */
  ORIGINAL
}
