package io.crema.edge.body.coffee;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Hash;
import io.crema.edge.node.Hardware.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobJournalTest {
    @TempDir
    private Path folder;

    private static Hash job(int number) {
        return Keccak.hash(new byte[] {(byte) number, (byte) (number >> 8)});
    }

    @Test
    void shouldRememberHowJobsEnded() {
        try (var jobs = JobJournal.open(folder)) {
            jobs.begun(job(1));
            jobs.ended(job(1), new Job.Poured());
            jobs.begun(job(2));
            jobs.ended(job(2), new Job.Failed("No water flows."));
            jobs.begun(job(3));
        }
        try (var jobs = JobJournal.open(folder)) {
            assertThat(jobs.recall(job(1))).isEqualTo(JobState.POURED);
            assertThat(jobs.recall(job(2))).isEqualTo(JobState.FAILED);
            assertThat(jobs.find(job(2))).contains(new Job.Failed("No water flows."));
            assertThat(jobs.recall(job(3))).isEqualTo(JobState.UNKNOWN);
            assertThat(jobs.recall(job(4))).isEqualTo(JobState.NEVER_BEGUN);
        }
    }

    @Test
    void shouldNotSayThatAJobWasNeverBegunWhenTheMemoryIsNew() {
        try (var jobs = JobJournal.open(folder)) {
            assertThat(jobs.recall(job(1))).isEqualTo(JobState.UNKNOWN);
        }
        try (var jobs = JobJournal.open(folder)) {
            assertThat(jobs.recall(job(1))).isEqualTo(JobState.UNKNOWN);
            assertThat(jobs.recall(job(2))).isEqualTo(JobState.NEVER_BEGUN);
        }
    }

    @Test
    void shouldNotSayThatAJobWasNeverBegunWhenTheMemoryIsDamaged() throws IOException {
        try (var jobs = JobJournal.open(folder)) {
            jobs.begun(job(1));
            jobs.ended(job(1), new Job.Poured());
        }
        var segment = folder.resolve("0000000000000001.log");
        Files.write(segment, new byte[] {0, 0, 0, 33, 7, 7}, StandardOpenOption.APPEND);
        try (var jobs = JobJournal.open(folder)) {
            assertThat(jobs.recall(job(1))).isEqualTo(JobState.POURED);
            assertThat(jobs.recall(job(2))).isEqualTo(JobState.UNKNOWN);
            assertThat(jobs.recall(job(3))).isEqualTo(JobState.NEVER_BEGUN);
        }
    }

    @Test
    void shouldForgetOldJobsAndSaySo() {
        try (var jobs = JobJournal.open(folder)) {
            for (var i = 0; i < 2000; i++) {
                jobs.begun(job(i));
            }
            jobs.ended(job(1999), new Job.Poured());
        }
        try (var jobs = JobJournal.open(folder)) {
            assertThat(jobs.recall(job(1999))).isEqualTo(JobState.POURED);
            assertThat(jobs.recall(job(1998))).isEqualTo(JobState.UNKNOWN);
            assertThat(jobs.recall(job(0))).isEqualTo(JobState.UNKNOWN);
            assertThat(jobs.recall(job(5000))).isEqualTo(JobState.UNKNOWN);
        }
    }
}
