package io.crema.edge.body.coffee;

import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.Body;
import io.crema.edge.body.Buttons;
import io.crema.edge.body.EventKind;
import io.crema.edge.body.Limits;
import io.crema.edge.body.MachineType;
import io.crema.edge.body.NewestPress;
import io.crema.edge.body.Product;
import io.crema.edge.body.Recipe;
import io.crema.edge.body.Wiring;
import io.crema.edge.body.control.Inputs;
import io.crema.edge.body.control.Obstacles;
import io.crema.edge.body.control.Pour;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A coffee machine moved by this computer's own pins. A job is durable in the body's own journal before anything moves;
 * a job that was begun is never begun again. Pours belong to one caller at a time; all else may be asked meanwhile.
 */
public final class CoffeeBody implements Body {
    private static final Logger log = LoggerFactory.getLogger(CoffeeBody.class);
    /** How often a pour looks: at most a few hundredths of a millilitre late. */
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int MOST_EVENTS = 256;
    private static final String INTERRUPTED = "The machine lost its power while it was pouring.";

    private final MachineType type;
    private final Wiring wiring;
    private final Limits limits;
    private final Board board;
    private final JobJournal jobs;
    private final Pace pace;
    private final NewestPress buttons;
    private final ArrayBlockingQueue<BodyEvent> events = new ArrayBlockingQueue<>(MOST_EVENTS);
    private final Relays relays;
    private final Contacts contacts;
    private final Sensors sensors;
    private volatile Optional<String> obstacle = Optional.empty();
    private volatile Optional<String> broken = Optional.empty();
    private @Nullable Watch watch;

    /**
     * Takes hold of the pins. The body looks around only when {@link #look} is called.
     *
     * @throws BoardFaultException when a pin or the bus cannot be used
     */
    public CoffeeBody(MachineType type, Wiring wiring, Limits limits, Board board, JobJournal jobs, Pace pace)
            throws BoardFaultException {
        this.type = type;
        this.wiring = wiring;
        this.limits = limits;
        this.board = board;
        this.jobs = jobs;
        this.pace = pace;
        buttons = new NewestPress(pace::nanos);
        relays = new Relays(board, wiring);
        sensors = new Sensors(board, wiring, pace.nanos(), this::happened);
        contacts = new Contacts(board, wiring, pace, buttons, this::happened);
        look();
    }

    /** Looks around by itself from now on, in a thread of its own. */
    public CoffeeBody watched() {
        watch = new Watch(this, pace);
        return this;
    }

    /** Reads the sensors that are due, and the contacts. Called every few hundredths of a second by one thread. */
    public void look() {
        sensors.look(pace.nanos());
        try {
            var in = inputs();
            obstacle = broken.or(() -> Obstacles.toBegin(in, limits));
        } catch (BoardFaultException e) {
            stuck(e);
        }
    }

    @Override
    public PourResult pour(Hash job, ProductId product) {
        return switch (jobs.find(job).orElse(null)) {
            case Job.Poured _ -> new PourResult.Poured();
            case Job.Failed failed -> new PourResult.NotPoured(failed.reason());
            case Job.Begun _ -> new PourResult.NotPoured(INTERRUPTED);
            case Job.Doubtful _ -> fresh(job, product);
            case null -> fresh(job, product);
        };
    }

    private PourResult fresh(Hash job, ProductId product) {
        var known = type.product(product);
        var recipe = known.flatMap(Product::recipe);
        var name = known.map(Product::name).orElse("an unknown product");
        var reason = recipe.isEmpty() ? Optional.of("This machine cannot make " + name + ".") : pour(job, recipe.get());
        Job how = reason.<Job>map(Job.Failed::new).orElseGet(Job.Poured::new);
        jobs.ended(job, how);
        if (reason.isPresent()) {
            happened(EventKind.PROGRAM_ABORTED.with(name + ": " + reason.get()));
            return new PourResult.NotPoured(reason.get());
        }
        happened(EventKind.PROGRAM_FINISHED.with(name));
        return new PourResult.Poured();
    }

    /** Why it could not be poured; empty when it was. */
    private Optional<String> pour(Hash job, Recipe recipe) {
        if (broken.isPresent()) {
            return broken;
        }
        try {
            var in = inputs();
            var step = Pour.begin(new Pour.Task(recipe, limits, wiring.pulsesPerLitre(), pace.nanos()), in);
            if (step instanceof Pour.Done(var failure)) {
                return failure;
            }
            jobs.begun(job);
            return drive(step);
        } catch (BoardFaultException e) {
            return stuck(e);
        }
    }

    private Optional<String> drive(Pour first) throws BoardFaultException {
        var step = first;
        try {
            while (true) {
                if (step instanceof Pour.Done(var failure)) {
                    return failure;
                }
                relays.set(step.outputs());
                if (!pace.pause(PERIOD)) {
                    return Optional.of("The machine was switched off while it was pouring.");
                }
                step = step.next(inputs(), pace.nanos());
            }
        } finally {
            relays.off();
        }
    }

    private Inputs inputs() throws BoardFaultException {
        return contacts.look(sensors.heat());
    }

    /** Something does not obey: nothing is moved any more until a person has looked after it and started again. */
    private Optional<String> stuck(BoardFaultException e) {
        log.error("pins fail: {}", e.getMessage());
        if (broken.isEmpty()) {
            happened(EventKind.ACTUATOR_FAULT.with(String.valueOf(e.getMessage())));
        }
        broken = Optional.of("The machine is out of order and needs service.");
        obstacle = broken;
        try {
            relays.off();
        } catch (BoardFaultException again) {
            log.error("a relay does not switch off: {}", again.getMessage());
        }
        return broken;
    }

    private void happened(BodyEvent event) {
        log.info("machine event kind={} detail={}", event.kind(), event.detail());
        while (!events.offer(event)) {
            events.poll();
        }
    }

    @Override
    public JobState recall(Hash job) {
        return jobs.recall(job);
    }

    @Override
    public List<SensorValue> sensors() {
        return sensors.values();
    }

    @Override
    public List<BodyEvent> events() {
        if (events.isEmpty()) {
            return List.of();
        }
        var drained = new ArrayList<BodyEvent>();
        events.drainTo(drained);
        return drained;
    }

    @Override
    public Optional<String> obstacle() {
        return obstacle;
    }

    @Override
    public void show(String sentence) {
        log.info("screen: {}", sentence);
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
        if (watch != null) {
            watch.close();
        }
        try {
            relays.off();
        } catch (BoardFaultException e) {
            log.error("a relay does not switch off: {}", e.getMessage());
        }
        board.close();
        jobs.close();
    }
}
