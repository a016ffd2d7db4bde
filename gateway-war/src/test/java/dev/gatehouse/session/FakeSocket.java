package dev.gatehouse.session;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.websocket.CloseReason;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;

import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.testkit.ConnectFixture;
import org.jspecify.annotations.Nullable;

/**
 * The container's side of a connection: keeps the frames and the close that the gateway sends, completes its sends when
 * the test says so, and delivers what the client sends. Safe for concurrent use, but for the steps of a test.
 */
public final class FakeSocket implements InvocationHandler {

    private static final long PATIENCE_SECONDS = 20;

    private final Object proxy = Proxy.newProxyInstance(
            FakeSocket.class.getClassLoader(), new Class<?>[] {Session.class, RemoteEndpoint.Async.class}, this);
    private final Map<String, Object> properties = new HashMap<>();
    private final List<MessageHandler.Partial<?>> handlers = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final Deque<SendHandler> inFlight = new ArrayDeque<>();

    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger sendsNow = new AtomicInteger();
    private final AtomicInteger mostSendsAtOnce = new AtomicInteger();

    private volatile MessageHandler.Whole<PongMessage> pongs = answer -> {
        throw new AssertionError("nobody takes pongs");
    };
    private volatile boolean completesAtOnce = true;
    private volatile Optional<RuntimeException> onSend = Optional.empty();
    private volatile Optional<Exception> onClose = Optional.empty();
    private volatile int framesBeforeClose;

    /** The facts of an upgrade, under a connection id of their own. */
    public static UpgradeContext upgrade(ConnectFixture facts) {
        UpgradeContext fixed = facts.upgrade();
        return new UpgradeContext(
                UUID.randomUUID().toString(),
                fixed.peer(),
                fixed.address(),
                fixed.hops(),
                fixed.locality(),
                fixed.transport(),
                fixed.host(),
                fixed.origin(),
                fixed.path(),
                fixed.headers(),
                fixed.subprotocols(),
                fixed.clientCertificates());
    }

    /** The session to hand to the endpoint. */
    public Session session() {
        return (Session) proxy;
    }

    /** From now on a send is under way until {@link #complete} or {@link #fail}. */
    void completeLater() {
        completesAtOnce = false;
    }

    /** From now on a send is complete before it returns. */
    void completeAtOnce() {
        completesAtOnce = true;
    }

    /** From now on the container throws when it is asked to send. */
    void throwOnSend(RuntimeException thrown) {
        onSend = Optional.of(thrown);
    }

    /** From now on the container throws when it is asked to close. */
    void throwOnClose(Exception thrown) {
        onClose = Optional.of(thrown);
    }

    /** Completes the oldest send under way. */
    void complete() {
        next().onResult(new SendResult());
    }

    /** Fails the oldest send under way. */
    void fail() {
        next().onResult(new SendResult(new IOException("the peer is gone")));
    }

    /** How many sends are under way. */
    synchronized int sendsInFlight() {
        return inFlight.size();
    }

    /** How often the gateway pinged. */
    int pings() {
        return pings.get();
    }

    /** How many sends were under way at most. */
    int mostSendsAtOnce() {
        return mostSendsAtOnce.get();
    }

    /** Every frame that the gateway handed to the container. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** The next frame that was not read yet; waits for it. */
    public String read() {
        try {
            @Nullable String frame = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Optional.ofNullable(frame).orElseThrow(() -> new AssertionError("no frame came; sent: " + sent));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The close that the gateway sent; waits for it. */
    public CloseReason awaitClose() {
        try {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no close came; sent: " + sent, e);
        }
    }

    /** Whether the gateway closed the connection. */
    public boolean isClosed() {
        return closed.isDone();
    }

    /** How often the gateway closed the connection. */
    int closes() {
        return closes.get();
    }

    /** How many frames were handed over when the close came. */
    public int framesBeforeClose() {
        return framesBeforeClose;
    }

    /** Delivers a text message whole. */
    public void deliver(String text) {
        deliver(text, true);
    }

    /** Delivers a part of a text message. */
    void deliver(String part, boolean last) {
        handlerOf(String.class).onMessage(part, last);
    }

    /** Delivers a part of a binary message. */
    void deliver(byte[] part, boolean last) {
        handlerOf(ByteBuffer.class).onMessage(ByteBuffer.wrap(part), last);
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Exception {
        switch (method.getName()) {
            case "getUserProperties" -> {
                return properties;
            }
            case "getAsyncRemote" -> {
                return proxy;
            }
            case "addMessageHandler" -> add((MessageHandler) argument(arguments, 0));
            case "sendText" -> send((String) argument(arguments, 0), (SendHandler) argument(arguments, 1));
            case "sendPing" -> ping();
            case "close" -> close((CloseReason) argument(arguments, 0));
            default -> throw new UnsupportedOperationException("the gateway is not expected to call " + method);
        }
        return null;
    }

    private void add(MessageHandler handler) {
        if (handler instanceof MessageHandler.Partial<?> partial) {
            handlers.add(partial);
        } else if (isOfPongs(handler)) {
            @SuppressWarnings("unchecked")
            MessageHandler.Whole<PongMessage> ofPongs = (MessageHandler.Whole<PongMessage>) handler;
            pongs = ofPongs;
        } else {
            throw new AssertionError("the gateway is not expected to add " + handler);
        }
    }

    /** Answers a ping. */
    void pong() {
        pongs.onMessage(() -> ByteBuffer.allocate(0));
    }

    private static boolean isOfPongs(MessageHandler handler) {
        return handler.getClass()
                .getGenericInterfaces()[0]
                .getTypeName()
                .endsWith("<" + PongMessage.class.getName() + ">");
    }

    private void send(String frame, SendHandler handler) {
        onSend.ifPresent(thrown -> {
            throw thrown;
        });
        mostSendsAtOnce.accumulateAndGet(sendsNow.incrementAndGet(), Math::max);
        synchronized (this) {
            sent.add(frame);
            unread.add(frame);
            if (!completesAtOnce) {
                inFlight.add(handler);
                return;
            }
        }
        sendsNow.decrementAndGet();
        handler.onResult(new SendResult());
    }

    private void ping() {
        onSend.ifPresent(thrown -> {
            throw thrown;
        });
        if (sendsNow.get() > 0) {
            throw new IllegalStateException("a ping must not overlap with a send");
        }
        pings.incrementAndGet();
    }

    private void close(CloseReason reason) throws Exception {
        closes.incrementAndGet();
        framesBeforeClose = sent.size();
        closed.complete(reason);
        if (onClose.isPresent()) {
            throw onClose.get();
        }
    }

    private synchronized SendHandler next() {
        sendsNow.decrementAndGet();
        return Objects.requireNonNull(inFlight.poll(), "no send is under way");
    }

    /** Finds the handler for a type of message as containers do: by the type argument in its class. */
    @SuppressWarnings("unchecked")
    private <T> MessageHandler.Partial<T> handlerOf(Class<T> type) {
        List<MessageHandler.Partial<?>> fitting = new ArrayList<>(handlers);
        fitting.removeIf(handler ->
                !handler.getClass().getGenericInterfaces()[0].getTypeName().endsWith("<" + type.getName() + ">"));
        if (fitting.size() != 1) {
            throw new AssertionError("not one handler for " + type + " in " + handlers);
        }
        return (MessageHandler.Partial<T>) fitting.get(0);
    }

    private static Object argument(@Nullable Object @Nullable [] arguments, int index) {
        return Objects.requireNonNull(Objects.requireNonNull(arguments)[index]);
    }
}
