package io.crema.edge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.edge.provision.ProvisionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirLockTest {
    @Test
    void shouldLetOneProcessRunAMachine(@TempDir Path dir) throws Exception {
        var first = DataDirLock.take(dir);
        assertThatThrownBy(() -> DataDirLock.take(dir))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining(dir.toString());
        first.channel().close();
        assertThat(DataDirLock.take(dir).isValid()).isTrue();
    }
}
