package dev.gatehouse.plugin;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.pf4j.DefaultVersionManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;

/**
 * A stored jar that is a plugin, whole, trusted, and made for this gateway; open, and to be closed.
 *
 * @param stored the copy
 * @param file the same, open, its signatures verified
 * @param descriptor what its manifest says
 * @param signers who signed all of it
 * @param bundled whether it came with the gateway
 */
record ExaminedJar(StoredJar stored, JarFile file, PluginDescriptor descriptor, List<Signer> signers, boolean bundled)
        implements Closeable {

    private static final int MAX_SIGNATURE_FILE_BYTES = 16 * 1024 * 1024;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern LINE = Pattern.compile("\\P{Cntrl}{0,200}");
    private static final Pattern BARE_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    /**
     * Examines a jar; nothing of it is run.
     *
     * @throws UnusableJar with the first reason why it cannot be loaded
     */
    static ExaminedJar of(StoredJar stored, boolean bundled, PluginTrust trust) throws UnusableJar {
        JarFile file = open(stored.copy().toFile());
        try {
            List<Signer> signers = JarSignatures.of(file);
            Optional<String> objection = bundled ? Optional.empty() : trust.objection(stored, signers);
            if (objection.isPresent()) {
                throw new UnusableJar(objection.get());
            }
            PluginDescriptor descriptor = describe(file);
            refuseOtherHosts(descriptor);
            return new ExaminedJar(stored, file, descriptor, signers, bundled);
        } catch (UnusableJar | RuntimeException | Error e) {
            closeQuietly(file);
            throw e;
        }
    }

    /** Where the operator put it. */
    String original() {
        return stored.original().toString();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static JarFile open(File copy) throws UnusableJar {
        try {
            refuseBombs(copy);
            return new JarFile(copy, true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableJar("is no whole jar: " + Quoted.sentence(e.toString()) + "; copy it again", e);
        }
    }

    /** The JDK reads the manifest and the files of signatures whole, before anything can bound them. */
    private static void refuseBombs(File copy) throws IOException, UnusableJar {
        try (ZipFile zip = new ZipFile(copy)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (JarSignatures.SIGNATURE_FILE.matcher(entry.getName()).matches()) {
                    refuseBomb(zip, entry);
                }
            }
        }
    }

    private static void refuseBomb(ZipFile zip, ZipEntry entry) throws IOException, UnusableJar {
        try (InputStream in = zip.getInputStream(entry)) {
            in.skipNBytes(MAX_SIGNATURE_FILE_BYTES + 1L);
        } catch (EOFException endsInTime) {
            return;
        }
        throw new UnusableJar("has an entry " + Quoted.value(entry.getName()) + " of more than "
                + MAX_SIGNATURE_FILE_BYTES + " bytes; build it anew");
    }

    private static PluginDescriptor describe(JarFile file) throws UnusableJar {
        PluginDescriptor descriptor = readDescriptor(file);
        if (descriptor.getPluginId() == null || descriptor.getVersion() == null) {
            throw new UnusableJar(
                    "is no plugin: a plugin is a jar whose manifest names its Plugin-Id and its" + " Plugin-Version");
        }
        if (!ID.matcher(descriptor.getPluginId()).matches()) {
            throw new UnusableJar("names the Plugin-Id " + Quoted.value(descriptor.getPluginId())
                    + "; an id is made of letters, digits, dots, hyphens and underscores, at most 64 of them");
        }
        for (String text : List.of(descriptor.getVersion(), requires(descriptor), provider(descriptor))) {
            if (!LINE.matcher(text).matches()) {
                throw new UnusableJar(
                        "has " + Quoted.value(text) + " in its manifest; a version, a range and a provider are"
                                + " one line of at most 200 characters");
            }
        }
        if (!descriptor.getDependencies().isEmpty()) {
            throw new UnusableJar("names Plugin-Dependencies, and a plugin here sees no other plugin; bundle what it"
                    + " needs and remove the line from its manifest");
        }
        return descriptor;
    }

    private static PluginDescriptor readDescriptor(JarFile file) throws UnusableJar {
        try {
            Manifest manifest = file.getManifest();
            return new KnownManifest(manifest == null ? new Manifest() : manifest).find(Path.of(file.getName()));
        } catch (IOException | RuntimeException e) { // PF4J and its parsers throw what they like
            throw new UnusableJar("has a manifest that cannot be read: " + Quoted.sentence(e.toString()), e);
        }
    }

    /** PF4J would do it too, but takes a bad range for a bad start, and says neither version. */
    private static void refuseOtherHosts(PluginDescriptor descriptor) throws UnusableJar {
        String requires = requires(descriptor);
        String range = BARE_VERSION.matcher(requires).matches() ? ">=" + requires : requires;
        boolean fits;
        try {
            fits = new DefaultVersionManager().checkVersionConstraint(PluginGeneration.SPI_VERSION, range);
        } catch (RuntimeException e) {
            throw new UnusableJar(
                    "has the Plugin-Requires " + Quoted.value(requires)
                            + ", which is no range of versions; write one such as" + " '>="
                            + PluginGeneration.SPI_VERSION + " & <1.0.0'",
                    e);
        }
        if (!fits) {
            throw new UnusableJar("plugin '" + descriptor.getPluginId() + "' " + descriptor.getVersion()
                    + " requires version '" + requires + "' of the plugin API, and this gateway has "
                    + PluginGeneration.SPI_VERSION + "; get a version of the plugin that fits");
        }
    }

    static String requires(PluginDescriptor descriptor) {
        String requires = descriptor.getRequires();
        return requires == null || requires.isBlank() ? "*" : requires.strip();
    }

    static String provider(PluginDescriptor descriptor) {
        return Optional.ofNullable(descriptor.getProvider()).orElse("");
    }

    private static void closeQuietly(JarFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // it is refused all the same
        }
    }

    /** PF4J's reading of a manifest, applied to the one that was read already. */
    private static final class KnownManifest extends ManifestPluginDescriptorFinder {
        private final Manifest manifest;

        KnownManifest(Manifest manifest) {
            this.manifest = manifest;
        }

        @Override
        protected Manifest readManifest(Path jar) {
            return manifest;
        }
    }
}
