package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.chain.ChainGeneration;
import dev.gatehouse.config.Home;

/** What a person reads when the gateway has started: where it listens, where its data is, how to approve a device. */
final class StartupReport {

    private StartupReport() {}

    static String of(
            String version,
            Home home,
            String database,
            ChainGeneration chain,
            Path pluginsFolder,
            Function<String, Optional<String>> systemProperties) {
        Optional<String> address = systemProperties
                .apply("gatehouse.listen.host")
                .flatMap(host -> systemProperties
                        .apply("gatehouse.listen.port")
                        .map(port -> (host.contains(":") ? "[" + host + "]" : host) + ":" + port));
        String http = address.map(at -> "http://" + at).orElse("$GATEWAY");
        String authorized = "curl -H \"Authorization: Bearer $(cat " + home.apiKey() + ")\" ";
        return String.join(
                System.lineSeparator(),
                "Gatehouse " + version + " is ready.",
                "  listens on     "
                        + address.map(at -> "ws://" + at + " and http://" + at).orElse("the addresses of this server"),
                "  config         " + home.config() + (home.hasConfig() ? "" : " (not there: defaults)"),
                "  data           " + database,
                "  chain          " + chain.described(),
                "  plugins        " + pluginsFolder + " ("
                        + (chain.ownPlugins().isEmpty() ? "none" : chain.ownPlugins()) + ")",
                "  gateway token  " + home.gatewayToken(),
                "  API key        " + home.apiKey(),
                "  console        " + http + "/console/",
                "  who waits      " + authorized + http + "/api/v1/pairing-requests",
                "  approve        " + authorized + "-X POST " + http + "/api/v1/pairing-requests/REQUEST_ID/approve");
    }
}
