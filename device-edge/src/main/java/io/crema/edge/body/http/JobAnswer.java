package io.crema.edge.body.http;

import io.crema.contracts.value.Hash;
import io.crema.edge.node.Hardware.PourResult;

/** What an answer of the machine means for a job. */
sealed interface JobAnswer {
    /** How it ended. */
    record Ended(PourResult result) implements JobAnswer {}

    /** Begun, not ended. */
    record UnderWay() implements JobAnswer {}

    /** The machine has surely never begun it. */
    record Absent() implements JobAnswer {}

    /** The machine does not want this request; of earlier ones that says nothing. */
    record Refused(String reason) implements JobAnswer {}

    /** Nobody can tell. */
    record Unclear(String why) implements JobAnswer {}

    static JobAnswer of(RestClient.Answer answer, Hash job) {
        var status = answer.status();
        var named = answer.body().path("id").asText().equals(job.hex());
        if (status == RestClient.OK || status == RestClient.CREATED || status == RestClient.ACCEPTED) {
            return named ? state(answer) : new Unclear("an answer about another job: " + answer.why());
        }
        if (status == RestClient.NOT_FOUND) {
            // A stray answer of some other server must not count: the machine names the job that it does not know.
            return named ? new Absent() : new Unclear("404 without the job's name");
        }
        var again = status == RestClient.TOO_EARLY || status == RestClient.TOO_MANY || status == RestClient.TIMED_OUT;
        if (named && status == RestClient.CONFLICT) {
            return state(answer);
        }
        if (status >= 400 && status < 500 && !again) {
            return new Refused(
                    RestBody.sentence(answer.body().path("reason"), "The machine refused (%d).".formatted(status)));
        }
        return new Unclear(answer.why());
    }

    private static JobAnswer state(RestClient.Answer answer) {
        var body = answer.body();
        return switch (body.path("state").asText()) {
            case "done" -> new Ended(new PourResult.Poured());
            case "failed" ->
                new Ended(new PourResult.NotPoured(
                        RestBody.sentence(body.path("reason"), "The machine could not make it.")));
            case "waiting", "running" -> new UnderWay();
            default -> new Unclear("no state that is known: " + answer.why());
        };
    }
}
