package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.ServletContext;

import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.OwnerOnlyFile;

/** The plugin jars inside the WAR, copied to where a plugin jar must be: in a folder. */
final class BundledPlugins {

    private static final String INSIDE = "/WEB-INF/plugins/";

    private BundledPlugins() {}

    /** Copies every bundled jar into the folder, which holds nothing else afterwards. */
    static void copy(ServletContext war, Path folder) {
        try {
            OwnerOnlyFile.createFolder(folder);
            for (Path leftover : FolderSight.jarsIn(folder)) {
                Files.delete(leftover);
            }
            for (String jar : Optional.ofNullable(war.getResourcePaths(INSIDE)).orElse(Set.of())) {
                try (InputStream bytes = war.getResourceAsStream(jar)) {
                    Files.copy(bytes, folder.resolve(jar.substring(INSIDE.length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the bundled plugins to " + folder, e);
        }
    }
}
