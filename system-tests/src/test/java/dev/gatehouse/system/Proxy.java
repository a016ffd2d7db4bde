package dev.gatehouse.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A reverse proxy as Debian packs it, and where server-config/ has a config for it. */
enum Proxy {
    NGINX("nginx/gatehouse.conf") {
        @Override
        Map<String, String> placeholders(SelfSigned tls) {
            return Map.of(
                    "/etc/ssl/gateway.example.pem", tls.certificate().toString(),
                    "/etc/ssl/private/gateway.example.key", tls.key().toString());
        }

        @Override
        Map<String, String> besides(Path folder) {
            return Map.of("nginx.conf", """
                    daemon off;
                    worker_processes 1;
                    pid %1$s/pid;
                    error_log stderr;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path %1$s/body;
                        proxy_temp_path %1$s/proxy;
                        fastcgi_temp_path %1$s/fastcgi;
                        uwsgi_temp_path %1$s/uwsgi;
                        scgi_temp_path %1$s/scgi;
                        include %1$s/gatehouse.conf;
                    }
                    """.formatted(folder));
        }

        @Override
        List<String> command(Path folder) {
            return List.of(executable(), "-p", folder.toString(), "-e", "stderr", "-c", folder + "/nginx.conf");
        }
    },

    HAPROXY("haproxy/gatehouse.cfg") {
        @Override
        Map<String, String> placeholders(SelfSigned tls) {
            return Map.of("/etc/haproxy/gateway.example.pem", tls.both().toString());
        }

        @Override
        List<String> command(Path folder) {
            return List.of(executable(), "-db", "-f", folder + "/gatehouse.cfg");
        }
    },

    CADDY("caddy/Caddyfile") {
        @Override
        Map<String, String> placeholders(SelfSigned tls) {
            return Map.of(
                    "/etc/caddy/gateway.example.pem", tls.certificate().toString(),
                    "/etc/caddy/gateway.example.key", tls.key().toString());
        }

        @Override
        List<String> command(Path folder) {
            return List.of(executable(), "run", "--config", folder + "/Caddyfile", "--adapter", "caddyfile");
        }
    };

    private final String config;

    Proxy(String config) {
        this.config = config;
    }

    /** What the config has in place of this certificate's files. */
    abstract Map<String, String> placeholders(SelfSigned tls);

    /** Files that Debian's package has of its own and the config needs, by name. */
    Map<String, String> besides(Path folder) {
        return Map.of();
    }

    /** Runs the proxy in the foreground, with the config and all else in a folder. */
    abstract List<String> command(Path folder);

    /** The config in server-config/. */
    Path config() {
        return Checkout.serverConfig(config);
    }

    /** The name by which people call it, and Debian's package. */
    String label() {
        return config.substring(0, config.indexOf('/'));
    }

    /** Those who are not root have no sbin on their path. */
    String executable() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, label()))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(label() + " is not installed; apt-get install " + label()))
                .toString();
    }
}
