package io.crema.cli.system;

/** A service that can be started, asked and closed, wherever it runs. */
public interface RunningService extends AutoCloseable {

    void start();

    /** Its state in a sentence. */
    String status();

    @Override
    void close();
}
