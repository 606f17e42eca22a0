package io.crema.edge.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The native libraries of this processor, out of their jars into a folder: then nothing is unpacked at each start, and the
 * service needs no directory from which it may execute what it wrote. Stateless.
 */
final class Natives {
    private static final Map<String, String> PROCESSORS = Map.of("amd64", "x86-64", "aarch64", "aarch64", "arm", "arm");

    private Natives() {}

    static int unpack(Path folder) {
        var processor = PROCESSORS.getOrDefault(System.getProperty("os.arch", ""), "");
        var signatures = processor.equals("x86-64") ? "linux-x86_64" : "linux-" + processor;
        try {
            Files.createDirectories(folder);
            for (var resource : List.of(
                    "/com/sun/jna/linux-" + processor + "/libjnidispatch.so",
                    "/fr/acinq/secp256k1/jni/native/" + signatures + "/libsecp256k1-jni.so")) {
                copy(resource, folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack native libraries into " + folder, e);
        }
        return 0;
    }

    /** Leaves out what this processor has none of: Java code takes its place. */
    private static void copy(String resource, Path folder) throws IOException {
        try (var in = Natives.class.getResourceAsStream(resource)) {
            if (in != null) {
                var name = resource.substring(resource.lastIndexOf('/') + 1);
                Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
