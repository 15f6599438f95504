package org.peal.service.koji;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a call or a task: a value or a fault; the kinds are all there are. */
public sealed interface Outcome {

  /** The value, which may be null. */
  record Value(@Nullable Object value) implements Outcome {}

  /** The fault. */
  record Fault(int code, String text) implements Outcome {

    /** Returns the kind of fault. */
    public FaultKind kind() {
      return FaultKind.of(code);
    }
  }

  /** Returns the fault that a value stands for, else the value. */
  static Outcome of(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && map.containsKey("faultCode")) {
      Members members = Members.of("fault", value);
      return new Fault(members.smallNumber("faultCode"), members.text("faultString"));
    }
    return new Value(value);
  }
}
