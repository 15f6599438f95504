package org.peal.handler.log;

import org.peal.handler.Handler;
import org.peal.handler.HandlerFactory;
import org.peal.handler.HandlerSetup;

/** Makes the handler {@code log}. */
public final class LogHandlerFactory implements HandlerFactory<LogSettings> {

  @Override
  public String type() {
    return "log";
  }

  @Override
  public String summary() {
    return "adds each message to a file, a line of JSON each";
  }

  @Override
  public Class<LogSettings> settings() {
    return LogSettings.class;
  }

  @Override
  public Handler create(HandlerSetup<LogSettings> setup) {
    return new LogHandler(setup.settings().file());
  }
}
