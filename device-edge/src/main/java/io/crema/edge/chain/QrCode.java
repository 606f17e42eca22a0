package io.crema.edge.chain;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** A text as a QR code (ISO/IEC 18004, error correction L) with its quiet zone of four modules. Immutable. */
public final class QrCode {
    /** The most bytes that fit. */
    public static final int MOST_BYTES = 2953;

    private final BitMatrix modules;

    private QrCode(BitMatrix modules) {
        this.modules = modules;
    }

    /** @throws IllegalArgumentException when the text is too long */
    public static QrCode of(String text) {
        try {
            return new QrCode(new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.L,
                                    EncodeHintType.CHARACTER_SET,
                                    "UTF-8",
                                    EncodeHintType.MARGIN,
                                    4)));
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    "a QR code holds at most %d bytes, the text has %d characters".formatted(MOST_BYTES, text.length()),
                    e);
        }
    }

    /** Modules along one side, with the quiet zone. */
    public int size() {
        return modules.getWidth();
    }

    /** Whether the module is dark. */
    public boolean isDark(int column, int row) {
        return row < size() && modules.get(column, row);
    }

    /** Half blocks, two rows of modules to a line, for a terminal that writes light on dark. */
    public String toText() {
        var text = new StringBuilder();
        for (var row = 0; row < size(); row += 2) {
            for (var column = 0; column < size(); column++) {
                var upper = !isDark(column, row);
                var lower = row + 1 < size() && !isDark(column, row + 1);
                text.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** A scalable picture, one unit to a module. */
    public String toSvg() {
        var path = new StringBuilder();
        for (var row = 0; row < size(); row++) {
            for (var column = 0; column < size(); column++) {
                if (isDark(column, row)) {
                    path.append('M').append(column).append(' ').append(row).append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\" shape-rendering=\"crispEdges\">"
                        .formatted(size())
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\"" + path + "\"/></svg>\n";
    }
}
