package dev.gatehouse.plugin;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Setting;

/** What the operator says about plugins of their own. */
public record PluginSettings(
        @Setting(
                about = "The folder whose jars are plugins, relative to the gateway's home; a change in it is in force"
                        + " within two seconds.",
                fallback = "plugins")
        String folder,

        @Setting(
                about = "Which plugins of the folder may be loaded, all without this list and none with an empty one:"
                        + " `sha256:` and the hash of a jar, `signer-sha256:` and the hash of a certificate, or"
                        + " `signer:` and a PEM file in the gateway's home.")
        Optional<List<String>> trust) {}
