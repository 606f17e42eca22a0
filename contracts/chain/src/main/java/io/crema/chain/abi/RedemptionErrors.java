package io.crema.chain.abi;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.crema.chain.wrappers.PaymentProvider;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.datatypes.CustomError;

/** Why PaymentProvider refuses or skips a redemption: its custom errors by selector. Immutable. */
public final class RedemptionErrors {
    private static final int SELECTOR_LENGTH = 4;

    private static final Map<String, String> NAMES = Stream.of(
                    PaymentProvider.UNKNOWNCHANNEL_ERROR,
                    PaymentProvider.CHANNELISCLOSED_ERROR,
                    PaymentProvider.INVALIDSIGNATURE_ERROR,
                    PaymentProvider.WRONGSIGNER_ERROR,
                    PaymentProvider.BADGEFOROTHERCHANNEL_ERROR,
                    PaymentProvider.BADGECAPEXCEEDED_ERROR,
                    PaymentProvider.BADGENOTYETVALID_ERROR,
                    PaymentProvider.BADGEEXPIRED_ERROR,
                    PaymentProvider.BADGEREVOKED_ERROR)
            .collect(toUnmodifiableMap(RedemptionErrors::selector, CustomError::getName));

    private RedemptionErrors() {}

    /**
     * The error's name as the contract has it, {@code BadgeExpired} for example; an unknown selector as hexadecimal.
     *
     * @param data the reason in a RedemptionSkipped event, or the data of a reverted redeem: at least 4 bytes
     */
    public static String name(byte[] data) {
        if (data.length < SELECTOR_LENGTH) {
            throw new IllegalArgumentException("an error starts with a selector of 4 bytes, got " + data.length);
        }
        var selector = "0x" + HexFormat.of().formatHex(data, 0, SELECTOR_LENGTH);
        return NAMES.getOrDefault(selector, selector);
    }

    private static String selector(CustomError error) {
        return CustomErrorEncoder.encode(error).substring(0, 2 + 2 * SELECTOR_LENGTH);
    }
}
