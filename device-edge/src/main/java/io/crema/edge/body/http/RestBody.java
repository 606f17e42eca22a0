package io.crema.edge.body.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.Body;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.body.Buttons;
import io.crema.edge.body.EventKind;
import io.crema.edge.body.MachineType;
import io.crema.edge.body.NewestPress;
import io.crema.edge.body.Product;
import io.crema.edge.body.Quantity;
import io.crema.edge.node.HardwareAwayException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A machine with a REST interface of its own (docs/machine-api.yaml). A job is named by its receipt's digest, and the
 * machine makes each name at most once; so a start that got no clear answer is repeated under the same name, and how a
 * job ended is believed only when the machine says so in plain terms. Pours belong to one caller at a time; all else may
 * be asked meanwhile and answers at once from what was last heard.
 */
public final class RestBody implements Body {
    private static final Logger log = LoggerFactory.getLogger(RestBody.class);
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long BELIEVED_FOR = TimeUnit.SECONDS.toNanos(15);
    private static final int MOST_EVENTS = 256;
    private static final int LONGEST_SENTENCE = 200;

    private final MachineType type;
    private final BodyConfig.Rest config;
    private final RestClient client;
    private final NewestPress buttons = new NewestPress(System::nanoTime);
    private final ArrayBlockingQueue<BodyEvent> events = new ArrayBlockingQueue<>(MOST_EVENTS);
    private volatile Heard heard = new Heard(List.of(), Optional.of("The machine has not answered yet."), 0);
    private volatile boolean closed;
    private @Nullable String cursor;
    private boolean compared;
    private @Nullable Thread watch;

    /** What the machine said last. */
    private record Heard(List<SensorValue> values, Optional<String> obstacle, long at) {}

    /** Asks for readings and events only when {@link #look} is called. */
    public RestBody(MachineType type, BodyConfig.Rest config) {
        this.type = type;
        this.config = config;
        client = new RestClient(config);
    }

    /** Looks by itself from now on, in a thread of its own. */
    public RestBody watched() {
        watch = Thread.ofPlatform().name("body").daemon().start(() -> {
            while (!closed) {
                try {
                    look();
                } catch (RuntimeException e) {
                    log.warn("the machine cannot be asked: {}", e.toString());
                }
                LockSupport.parkNanos(LOOK_EVERY);
            }
        });
        return this;
    }

    @Override
    public PourResult pour(Hash job, ProductId product) {
        var name = type.product(product).map(Product::name);
        if (name.isEmpty()) {
            return new PourResult.NotPoured("This machine cannot make that product.");
        }
        var deadline = System.nanoTime() + config.pourWithin().toNanos();
        var order = JsonNodeFactory.instance.objectNode().put("product", name.get());
        var path = "/jobs/" + job.hex();
        var ask = false;
        var doubtful = false;
        var last = "no answer";
        while (System.nanoTime() - deadline < 0) {
            switch (JobAnswer.of(ask ? client.get(path) : client.post("/jobs", job.hex(), order), job)) {
                case JobAnswer.Ended(var result) -> {
                    return result;
                }
                case JobAnswer.UnderWay _ -> ask = true;
                case JobAnswer.Absent _ -> ask = false;
                case JobAnswer.Refused(var reason) -> {
                    if (!doubtful) {
                        return new PourResult.NotPoured(reason);
                    }
                    // An earlier start may have been heard: only the job itself tells.
                    last = reason;
                    ask = true;
                }
                case JobAnswer.Unclear(var why) -> {
                    last = why;
                    doubtful = true;
                }
            }
            pause();
        }
        throw new HardwareAwayException("the machine did not say how job %s ended: %s".formatted(job, last));
    }

    /**
     * What the machine knows of a job.
     *
     * @throws HardwareAwayException when it cannot be asked, answers nonsense, or is still at it
     */
    @Override
    public JobState recall(Hash job) {
        var answer = client.get("/jobs/" + job.hex());
        return switch (JobAnswer.of(answer, job)) {
            case JobAnswer.Ended(PourResult.Poured _) -> JobState.POURED;
            case JobAnswer.Ended(PourResult.NotPoured _) -> JobState.FAILED;
            case JobAnswer.Absent _ -> JobState.NEVER_BEGUN;
            case JobAnswer.UnderWay _ -> throw away("job %s is still under way".formatted(job));
            case JobAnswer.Refused _ when answer.status() == RestClient.GONE -> JobState.UNKNOWN;
            case JobAnswer.Refused refused -> throw away(refused.reason());
            case JobAnswer.Unclear unclear -> throw away(unclear.why());
        };
    }

    private static HardwareAwayException away(String why) {
        return new HardwareAwayException("the machine's body cannot tell: " + why);
    }

    private void pause() {
        LockSupport.parkNanos(config.retry().toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new HardwareAwayException("interrupted while the machine was asked");
        }
    }

    /** Asks for readings, availability and new events. Called by one thread. */
    public void look() {
        var readings = client.get("/readings");
        var availability = client.get("/availability");
        if (readings.status() == RestClient.OK && availability.status() == RestClient.OK) {
            heard = new Heard(values(readings.body()), obstacle(availability.body()), System.nanoTime());
        }
        if (!compared) {
            compare(client.get("/products"));
        }
        var news = client.get("/events" + (cursor == null ? "" : "?after=" + cursor));
        if (news.status() == RestClient.OK) {
            take(news.body());
        }
    }

    /** Tells once what this machine is said to make and does not. */
    private void compare(RestClient.Answer answer) {
        if (answer.status() != RestClient.OK || !answer.body().path("products").isArray()) {
            return;
        }
        compared = true;
        var made = new HashSet<String>();
        answer.body()
                .path("products")
                .forEach(product -> made.add(product.path("name").asText()));
        for (var product : type.products()) {
            if (!made.contains(product.name())) {
                log.warn("the machine does not make product={}; it makes {}", product.name(), made);
            }
        }
    }

    private static List<SensorValue> values(JsonNode body) {
        var values = new ArrayList<SensorValue>();
        for (var it : body.path("readings")) {
            var quantity = Quantity.named(it.path("quantity").asText());
            var value = it.path("value");
            if (quantity.isPresent()
                    && quantity.get().unit().equals(it.path("unit").asText())
                    && value.isNumber()
                    && quantity.get().mayBe(value.doubleValue())) {
                values.add(new SensorValue(quantity.get().word(), quantity.get().unit(), value.doubleValue()));
            }
        }
        return List.copyOf(values);
    }

    private static Optional<String> obstacle(JsonNode body) {
        return body.path("available").asBoolean(false)
                ? Optional.empty()
                : Optional.of(sentence(body.path("reason"), "The machine is not available."));
    }

    static String sentence(JsonNode node, String otherwise) {
        var text = node.isTextual()
                ? node.textValue().replaceAll("\\p{Cntrl}", " ").strip()
                : "";
        return text.isEmpty() ? otherwise : text.substring(0, Math.min(text.length(), LONGEST_SENTENCE));
    }

    private void take(JsonNode body) {
        for (var it : body.path("events")) {
            var kind = it.path("kind").asText();
            var detail = sentence(it.path("detail"), "");
            if (kind.equals("ProductSelected")) {
                type.products().stream()
                        .filter(product -> product.name().equals(detail))
                        .findFirst()
                        .ifPresent(product -> buttons.press(product.id()));
            } else {
                EventKind.named(kind).ifPresent(known -> happened(known.with(detail)));
            }
        }
        var next = body.path("cursor").asText();
        if (next.matches("[A-Za-z0-9_-]{1,64}")) {
            cursor = next;
        }
    }

    private void happened(BodyEvent event) {
        log.info("machine event kind={} detail={}", event.kind(), event.detail());
        while (!events.offer(event)) {
            events.poll();
        }
    }

    /** What was last read, unless that is too long ago to be true. */
    @Override
    public List<SensorValue> sensors() {
        var it = heard;
        return it.values().isEmpty() || System.nanoTime() - it.at() > BELIEVED_FOR ? List.of() : it.values();
    }

    @Override
    public List<BodyEvent> events() {
        var drained = new ArrayList<BodyEvent>();
        events.drainTo(drained);
        return drained;
    }

    @Override
    public Optional<String> obstacle() {
        var it = heard;
        return it.obstacle().isEmpty() && System.nanoTime() - it.at() > BELIEVED_FOR
                ? Optional.of("The machine does not answer.")
                : it.obstacle();
    }

    @Override
    public Buttons buttons() {
        return buttons;
    }

    @Override
    public MachineType type() {
        return type;
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        if (watch != null) {
            watch.interrupt();
        }
    }
}
