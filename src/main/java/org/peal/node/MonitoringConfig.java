package org.peal.node;

import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/** The {@code monitoring} section: a hub of fedmsg that {@code peal check} asks. Immutable. */
@Doc("A hub of fedmsg that reports on its consumers, for `peal check`.")
public record MonitoringConfig(
    @Doc(
            "Address on which the hub publishes its reports, `tcp://HOST:PORT`; the hub calls it"
                + " `moksha.monitoring.socket`. An `ipc://` address cannot be read by Peal.")
        @Nullable String socket) {}
