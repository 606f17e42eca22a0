package io.crema.ingest.gateway.http;

import io.crema.contracts.crypto.SelfSigned;
import io.crema.contracts.value.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The server's TLS: its own certificate, and any certificate of a client, which proves only that it has the key to it. */
final class Tls {
    static final String PEER = "jakarta.servlet.request.X509Certificate";

    private Tls() {}

    /**
     * @param certificate PEM, the server's own first
     * @param key PEM, PKCS #8, not encrypted
     * @throws IllegalArgumentException when they do not serve
     */
    static SSLContext context(String certificate, String key) {
        try {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new IllegalArgumentException("the gateway's certificate file holds no certificate in PEM");
            }
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("gateway", key(key, chain[0].getPublicKey().getAlgorithm()), new char[0], chain);
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new AnyClient()}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the gateway's certificate and key do not serve for TLS: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(String pem, String algorithm) throws GeneralSecurityException {
        var begin = "-----BEGIN PRIVATE KEY-----";
        var from = pem.indexOf(begin);
        var to = pem.indexOf("-----END PRIVATE KEY-----");
        if (from < 0 || to < from) {
            throw new GeneralSecurityException("the key file holds no PKCS #8 key in PEM (" + begin + ")");
        }
        try {
            var bytes = Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IllegalArgumentException _) {
            // The cause would repeat a part of the key.
            throw new GeneralSecurityException("the key file's PEM is broken");
        }
    }

    /** The fingerprint of what a request attribute holds. */
    static Optional<Hash> fingerprint(@Nullable Object peer) {
        return peer instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(SelfSigned.fingerprint(chain[0]))
                : Optional.empty();
    }

    /** The handshake proves that the caller has the key; whether the certificate is a machine's, the log knows. */
    private static final class AnyClient extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new IllegalStateException("the gateway calls no TLS servers");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new IllegalStateException("the gateway calls no TLS servers");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException("the gateway calls no TLS servers");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
