package org.peal.endpoint;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/** The {@code endpoints} section. Immutable; null means not set. */
@Doc("Where the files are that list the publishers to listen to.")
public record EndpointsConfig(
    @Doc(
            "Folder of endpoint files, or one such file. When not set: `endpoints.d` beside the"
                + " configuration in force, else in `/etc/peal`, else the one that came with Peal.")
        @Nullable Path directory) {}
