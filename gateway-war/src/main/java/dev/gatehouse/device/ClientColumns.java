package dev.gatehouse.device;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

import dev.gatehouse.spi.Client;
import org.jspecify.annotations.Nullable;

/** What a client says about itself, as the columns that a device and a pairing request share. Never changed in place. */
@Embeddable
class ClientColumns {

    private static final int TEXT_MAX = 256;

    @Column(name = "client_id")
    private String id;

    @Column(name = "client_mode")
    private String mode;

    @Column(name = "client_version")
    private String version;

    @Column(name = "platform")
    private String platform;

    @Column(name = "device_family")
    private @Nullable String deviceFamily;

    @Column(name = "display_name")
    private @Nullable String displayName;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    ClientColumns() {}

    ClientColumns(Client client) {
        this.id = bounded(client.id());
        this.mode = bounded(client.mode());
        this.version = bounded(client.version());
        this.platform = bounded(client.platform());
        this.deviceFamily = client.deviceFamily().map(ClientColumns::bounded).orElse(null);
        this.displayName = client.displayName().map(ClientColumns::bounded).orElse(null);
    }

    ClientColumns(ClientFacts client) {
        this(new Client(
                client.id(),
                client.mode(),
                client.version(),
                client.platform(),
                client.deviceFamily(),
                client.displayName(),
                List.of()));
    }

    ClientFacts facts() {
        return new ClientFacts(
                id, mode, version, platform, Optional.ofNullable(deviceFamily), Optional.ofNullable(displayName));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientColumns that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, mode, version, platform, deviceFamily, displayName);
    }

    /** A text of a client as far as it is stored. */
    static String bounded(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(codePoint -> !Character.isISOControl(codePoint))
                .takeWhile(codePoint -> kept.length() + Character.charCount(codePoint) <= TEXT_MAX)
                .forEachOrdered(kept::appendCodePoint);
        return kept.toString();
    }
}
