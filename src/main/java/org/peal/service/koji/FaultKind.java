package org.peal.service.koji;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What kind of fault a hub reports by its number. */
public enum FaultKind {
  /** The hub met an error that it did not foresee. */
  SERVER_ERROR(1, Remedy.REPEAT_FEW),
  /** Something named in the call does not exist or cannot be read. */
  GENERAL(1000, Remedy.NONE),
  /** Something is locked at the moment. */
  LOCK(1001, Remedy.REPEAT),
  /** The session is not known, or the password is wrong. */
  AUTHENTICATION(1002, Remedy.LOG_IN),
  /** The build cannot have this tag. */
  TAG(1003, Remedy.NONE),
  /** The user may not do this. */
  NOT_ALLOWED(1004, Remedy.NONE),
  /** The build is not as it should be. */
  BUILD(1005, Remedy.NONE),
  /** The session is locked at the moment. */
  AUTHENTICATION_LOCK(1006, Remedy.REPEAT),
  /** The session has expired. */
  SESSION_EXPIRED(1007, Remedy.RENEW),
  /** The number of the call is lower than that of an earlier one. */
  SEQUENCE(1008, Remedy.LOG_IN),
  /** An earlier try of this call was carried out. */
  CANNOT_RETRY(1009, Remedy.LOOK_UP),
  /** A step before a build failed. */
  PRE_BUILD(1010, Remedy.NONE),
  /** A step after a build failed. */
  POST_BUILD(1011, Remedy.NONE),
  /** A build root is not as it should be. */
  BUILD_ROOT(1012, Remedy.NONE),
  /** The call is no longer offered. */
  DEPRECATED(1013, Remedy.NONE),
  /** The hub or its database is down for a while. */
  OFFLINE(1014, Remedy.WAIT),
  /** A live image failed. */
  LIVE_CD(1015, Remedy.NONE),
  /** A plugin of the hub failed. */
  PLUGIN(1016, Remedy.NONE),
  /** A callback of the hub failed. */
  CALLBACK(1017, Remedy.NONE),
  /** An appliance failed. */
  APPLIANCE(1018, Remedy.NONE),
  /** The arguments are not those of the call. */
  PARAMETERS(1019, Remedy.NONE),
  /** An import failed. */
  IMPORT(1020, Remedy.NONE),
  /** The hub is not set up for this. */
  CONFIGURATION(1021, Remedy.NONE),
  /** A live medium failed. */
  LIVE_MEDIA(1022, Remedy.NONE),
  /** The hub could not check the Kerberos ticket. */
  GSSAPI(1023, Remedy.LOG_IN_SLOWLY),
  /** A name has a form that the hub does not take. */
  NAME_VALIDATION(1024, Remedy.NONE),
  /** A fault with a number that is not listed. */
  OTHER(-1, Remedy.NONE);

  private static final Map<Integer, FaultKind> BY_CODE =
      Stream.of(values()).collect(Collectors.toMap(FaultKind::code, Function.identity()));

  private final int code;
  private final Remedy remedy;

  FaultKind(int code, Remedy remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  /** Returns the kind with this number, {@link #OTHER} if there is none. */
  public static FaultKind of(int code) {
    return BY_CODE.getOrDefault(code, OTHER);
  }

  /** Returns the number on the wire, -1 for {@link #OTHER}. */
  public int code() {
    return code;
  }

  Remedy remedy() {
    return remedy;
  }
}
