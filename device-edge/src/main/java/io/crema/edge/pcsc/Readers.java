package io.crema.edge.pcsc;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;
import jnasmartcardio.Smartcardio;
import org.jspecify.annotations.Nullable;

/**
 * The readers that pcscd knows. Its connection is lost for good when pcscd ends; {@link #forget} makes the next call
 * open a new one. For one thread.
 */
final class Readers {
    private @Nullable CardTerminals terminals;

    /**
     * The reader whose name contains {@code name}, case aside; the first one if several do.
     *
     * @throws ReaderAwayException when there is none, naming those that are there
     */
    CardTerminal find(String name) throws ReaderAwayException {
        var all = list();
        return all.stream()
                .filter(terminal -> terminal.getName().toLowerCase().contains(name.toLowerCase()))
                .findFirst()
                .orElseThrow(() -> new ReaderAwayException("no reader is named '%s'; %s"
                        .formatted(
                                name,
                                all.isEmpty()
                                        ? "pcscd sees none: plug it in"
                                        : "there are: "
                                                + String.join(
                                                        ", ",
                                                        all.stream()
                                                                .map(CardTerminal::getName)
                                                                .toList()))));
    }

    private List<CardTerminal> list() throws ReaderAwayException {
        try {
            return open().list();
        } catch (CardException e) {
            if (says(e, "SCARD_E_NO_READERS_AVAILABLE")) {
                return List.of();
            }
            forget();
            throw new ReaderAwayException("pcscd does not answer (%s); start it".formatted(reason(e)), e);
        }
    }

    void forget() {
        terminals = null;
    }

    private CardTerminals open() throws ReaderAwayException {
        if (terminals == null) {
            try {
                // a factory of its own: its context ends with the pcscd that it was made with
                terminals = TerminalFactory.getInstance("PC/SC", null, new Smartcardio())
                        .terminals();
            } catch (NoSuchAlgorithmException | UnsatisfiedLinkError | Smartcardio.EstablishContextException e) {
                throw new ReaderAwayException(
                        "PC/SC cannot be used (%s); install pcscd and start it".formatted(reason(e)), e);
            }
        }
        return terminals;
    }

    private static boolean says(Throwable e, String code) {
        return String.valueOf(e.getMessage()).contains(code);
    }

    static String reason(Throwable e) {
        var cause = Optional.ofNullable(e.getCause()).orElse(e);
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
