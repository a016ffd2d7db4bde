package dev.gatehouse.session;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;

import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.limit.UnadmittedSockets.Place;
import dev.gatehouse.protocol.Hello;
import org.jspecify.annotations.Nullable;

/**
 * What the container calls for one connection.
 *
 * <p>Takes messages in parts, because that is the only form in which every container lets a size limit be enforced. No
 * exception leaves {@link #onOpen}: containers would leave the client hanging.
 */
public final class GatewayEndpoint extends Endpoint {

    private static final System.Logger LOG = System.getLogger(GatewayEndpoint.class.getName());

    private final Gatekeeper gatekeeper;
    private @Nullable Conversation conversation;
    private @Nullable Place place;

    public GatewayEndpoint(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Place taken = placeOf(session, config);
        place = taken;
        try {
            UpgradeStage upgrade = UpgradeStage.takeFrom(session.getUserProperties())
                    .or(() -> UpgradeStage.takeFrom(config.getUserProperties()))
                    .orElseThrow(() -> new IllegalStateException("the upgrade did not come through the filter"));
            converse(session, upgrade, taken);
        } catch (RuntimeException e) {
            taken.leave(); // no container is known to call onClose for certain when onOpen failed
            LOG.log(Level.ERROR, "a connection could not be opened", e);
            closeBroken(session);
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        Optional.ofNullable(place).ifPresent(Place::leave);
        Optional.ofNullable(conversation).ifPresent(Conversation::gone);
    }

    @Override
    public void onError(Session session, Throwable thrown) {
        LOG.log(Level.DEBUG, "a connection broke", thrown);
    }

    private static Place placeOf(Session session, EndpointConfig config) {
        Place carried = Place.takeFrom(session.getUserProperties());
        return carried.isTaken() ? carried : Place.takeFrom(config.getUserProperties());
    }

    private void converse(Session session, UpgradeStage upgrade, Place taken) {
        try {
            begin(session, upgrade, taken);
        } catch (RuntimeException e) {
            upgrade.close();
            throw e;
        }
    }

    private void begin(Session session, UpgradeStage upgrade, Place taken) {
        Connection connection = new Connection(
                session, gatekeeper.timers(), Hello.MAX_BUFFERED, gatekeeper.sessions()::noteSlowConsumer);
        Conversation talk = new Conversation(connection, upgrade, taken, gatekeeper);
        conversation = talk;
        IncomingText incoming = new IncomingText();
        // Classes, not lambdas: containers find the type of a message in the handler's class.
        session.addMessageHandler(new TextParts(talk, incoming, connection));
        session.addMessageHandler(new BinaryParts(talk, new IncomingText(), connection));
        session.addMessageHandler(new Pongs(connection));
        talk.begin();
    }

    private static void closeBroken(Session session) {
        try {
            session.close(new CloseReason(CloseCodes.UNEXPECTED_CONDITION, "gateway error"));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the socket was gone before it was closed", e);
        }
    }

    private record Pongs(Connection connection) implements MessageHandler.Whole<PongMessage> {
        @Override
        public void onMessage(PongMessage answer) {
            connection.pong();
        }
    }

    private record TextParts(Conversation conversation, IncomingText incoming, Connection connection)
            implements MessageHandler.Partial<String> {
        @Override
        public void onMessage(String part, boolean last) {
            connection.heard();
            incoming.add(part, Utf8.length(part), last, conversation.messageMax())
                    .ifPresent(conversation::receive);
            closeIfTooLarge(incoming, conversation);
        }
    }

    /**
     * Binary frames are JSON as well (wire reference 1.1). A part may end inside a character, so bytes are kept as
     * characters of one byte each until the message is whole.
     */
    private record BinaryParts(Conversation conversation, IncomingText incoming, Connection connection)
            implements MessageHandler.Partial<ByteBuffer> {
        @Override
        public void onMessage(ByteBuffer part, boolean last) {
            connection.heard();
            int size = part.remaining();
            incoming.add(StandardCharsets.ISO_8859_1.decode(part).toString(), size, last, conversation.messageMax())
                    .map(bytes -> new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .ifPresent(conversation::receive);
            closeIfTooLarge(incoming, conversation);
        }
    }

    private static void closeIfTooLarge(IncomingText incoming, Conversation conversation) {
        if (incoming.isTooLarge()) {
            conversation.tooLarge();
        }
    }
}
