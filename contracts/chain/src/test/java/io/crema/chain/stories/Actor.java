package io.crema.chain.stories;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.TransactionManager;

/** Somebody with a funded account on the test chain. */
record Actor(SigningKey key, Credentials credentials, TransactionManager transactions) {

    static Actor of(Web3j web3j, String privateKey) {
        var credentials = Credentials.create(privateKey);
        return new Actor(
                SigningKey.fromHex(privateKey),
                credentials,
                new RawTransactionManager(web3j, credentials, 31337, 400, 10));
    }

    Address address() {
        return key.address();
    }

    String hex() {
        return key.address().hex();
    }
}
