package dev.gatehouse.plugin;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The resources of one open jar as URLs that read from it.
 *
 * <p>They are not {@code jar:} URLs: those are opened through a cache of the whole JVM, which holds a jar open, and its
 * old content, after its loader is closed.
 */
final class JarResources extends URLStreamHandler {

    private static final String SCHEME = "gatehouse-plugin";

    private final String root;
    private final JarFile jar;

    JarResources(String plugin, JarFile jar) {
        this.root = "/" + plugin + "/";
        this.jar = jar;
    }

    Optional<URL> find(String name) {
        try {
            if (jar.getEntry(name) == null) {
                return Optional.empty();
            }
            String address = new URI(SCHEME, null, root + name, null).toASCIIString();
            return Optional.of(new URL(null, address, this));
        } catch (IllegalStateException closed) {
            return Optional.empty();
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException("'" + name + "' is no name of a resource", e);
        }
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
        return new Connection(url, entry(url));
    }

    private ZipEntry entry(URL url) throws IOException {
        try {
            String path = url.toURI().getPath();
            ZipEntry entry = path != null && path.startsWith(root) ? jar.getEntry(path.substring(root.length())) : null;
            if (entry == null) {
                throw new FileNotFoundException(url.toString());
            }
            return entry;
        } catch (IllegalStateException | URISyntaxException e) {
            throw new IOException(url + " cannot be read; its plugin was unloaded", e);
        }
    }

    private final class Connection extends URLConnection {
        private final ZipEntry entry;

        Connection(URL url, ZipEntry entry) {
            super(url);
            this.entry = entry;
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            try {
                return jar.getInputStream(entry);
            } catch (IllegalStateException e) {
                throw new IOException(url + " cannot be read; its plugin was unloaded", e);
            }
        }

        @Override
        public long getContentLengthLong() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }
    }
}
