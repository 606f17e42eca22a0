package io.crema.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a child in a session of its own, with the same process id: Ctrl-C in the terminal then reaches only us, and we
 * stop the children in the right order.
 */
final class Session {
    private static final String PERL = "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV";

    private Session() {}

    static List<String> own(List<String> command) {
        var whole = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            whole.add("/usr/bin/setsid");
        } else if (Files.isExecutable(Path.of("/usr/bin/perl"))) {
            whole.addAll(List.of("/usr/bin/perl", "-e", PERL));
        }
        whole.addAll(command);
        return whole;
    }
}
