package io.crema.chain.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.transactions.SendResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    already known                                          | AlreadyKnown
                    Known transaction                                      | AlreadyKnown
                    transaction already imported                           | AlreadyKnown
                    nonce too low: next nonce 5, tx nonce 4                | NonceTooLow
                    Nonce too low                                          | NonceTooLow
                    OldNonce, Current nonce: 5, nonce of rejected tx: 4    | NonceTooLow
                    replacement transaction underpriced                    | Underpriced
                    transaction underpriced: tip needed 1, tip permitted 0 | Underpriced
                    max fee per gas less than block base fee: 1 < 7        | Underpriced
                    FeeTooLow, MaxFeePerGas too low                        | Underpriced
                    Gas price below configured minimum gas price           | Underpriced
                    insufficient funds for gas * price + value             | InsufficientFunds
                    Insufficient funds for gas * price + value             | InsufficientFunds
                    Upfront cost exceeds account balance                   | InsufficientFunds
                    exceeds block gas limit                                | Rejected
                    intrinsic gas too low                                  | Rejected
                    """)
    void shouldKnowTheNodesByTheirWords(String message, String expected) {
        assertThat(SendErrors.of(-32000, message).getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"nonce too high", "''"})
    void shouldKeepTheNodesWordsOfAnyOtherRefusal(String message) {
        assertThat(SendErrors.of(-32003, message)).isEqualTo(new SendResult.Rejected(-32003, message));
    }
}
