package org.peal.service.koji;

/** What a session does about a call that failed. */
enum Remedy {
  /** Nothing: the same call would fail again. */
  NONE,
  /** Repeats the call under its number until the limits of the policy. */
  REPEAT,
  /** Repeats the call under its number a few times: it may be a fault of the call itself. */
  REPEAT_FEW,
  /** Waits for a hub that is down for maintenance; the tries are not counted, only the time. */
  WAIT,
  /** Gets a new key for the session, once. */
  RENEW,
  /** Logs in anew, once. */
  LOG_IN,
  /** Logs in anew, with pauses, until the limits of the policy. */
  LOG_IN_SLOWLY,
  /** Finds out what the call did: an earlier try under this number changed something. */
  LOOK_UP
}
