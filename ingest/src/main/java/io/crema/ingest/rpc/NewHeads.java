package io.crema.ingest.rpc;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once when a node has a new block, over a websocket ({@code eth_subscribe newHeads}). It is a signal and no
 * more: what the message says is not used, the chain is read and compared as without it. While no websocket is up,
 * {@link #live} is false and the chain has to be polled; the next address is tried after a pause that grows to a minute.
 * Thread-safe.
 */
public final class NewHeads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NewHeads.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final String SUBSCRIBE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}";

    private final List<URI> urls;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(3))
            .pingInterval(Duration.ofSeconds(10))
            .build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ingest-websocket").daemon().factory());
    private volatile boolean live;
    private volatile boolean closed;
    private boolean told;
    private int next;
    private Duration pause = FIRST_PAUSE;
    private @Nullable WebSocket socket;

    /** @param urls ws or wss; tried in turn; with none it is never live */
    public NewHeads(List<URI> urls) {
        this.urls = List.copyOf(urls);
    }

    /** Calls this in a thread of its own at each new block, and when the websocket is up or lost. It must return at once. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public void start() {
        if (!urls.isEmpty()) {
            timer.execute(this::connect);
        }
    }

    /** Whether new blocks are told. */
    public boolean live() {
        return live;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            live = false;
            timer.shutdownNow();
            if (socket != null) {
                socket.cancel();
            }
        }
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private synchronized void connect() {
        if (!closed) {
            var url = urls.get(next % urls.size());
            next++;
            socket = http.newWebSocket(new Request.Builder().url(url.toString()).build(), new Listener(url));
        }
    }

    private synchronized void up(URI url) {
        log.info("websocket to {} tells of new blocks", NodeReader.name(url));
        live = true;
        told = false;
        pause = FIRST_PAUSE;
        next--; // stay with it
        tell();
    }

    @SuppressWarnings({"ReferenceEquality", "FutureReturnValueIgnored"}) // the very socket; connect throws nothing
    private synchronized void down(WebSocket lost, URI url, String why) {
        if (lost != socket || closed) {
            return;
        }
        socket = null;
        live = false;
        lost.cancel();
        if (!told) {
            told = true;
            log.warn(
                    "websocket to {} is down: {}; polling instead, and trying again from time to time",
                    NodeReader.name(url),
                    why);
        }
        timer.schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS);
        var longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        tell();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    private final class Listener extends WebSocketListener {
        private final URI url;

        private Listener(URI url) {
            this.url = url;
        }

        @Override
        public void onOpen(WebSocket opened, Response response) {
            opened.send(SUBSCRIBE);
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            if (text.contains("\"eth_subscription\"")) {
                tell();
            } else if (text.contains("\"error\"")) {
                down(from, url, "it refuses the subscription: " + text.substring(0, Math.min(200, text.length())));
            } else if (text.contains("\"result\"")) {
                up(url);
            }
        }

        @Override
        public void onClosing(WebSocket from, int code, String reason) {
            down(from, url, "closed by the node, code " + code);
        }

        @Override
        public void onFailure(WebSocket from, Throwable error, @Nullable Response response) {
            down(from, url, response == null ? String.valueOf(error.getMessage()) : "HTTP " + response.code());
        }
    }
}
