package io.crema.edge.gateway;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Who a machine is in TLS: its certificate, and the private key to it. Immutable.
 *
 * @param chain the machine's certificate first
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(
                    "the machine's certificate is missing; give a PEM file with at least one");
        }
    }

    /**
     * @param certificate PEM
     * @param key PEM of a PKCS #8 key that is not encrypted, EC or RSA
     * @throws IllegalArgumentException saying what is wrong; never with the key
     */
    public static TlsIdentity fromPem(String certificate, String key) {
        return new TlsIdentity(certificates(certificate), privateKey(key));
    }

    /** All certificates of a PEM text. */
    public static List<X509Certificate> certificates(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "no certificate in PEM (-----BEGIN CERTIFICATE-----): " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(String pem) {
        var begin = pem.indexOf(BEGIN);
        var end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("no private key in PEM; expected PKCS #8 (" + BEGIN + ")");
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
        } catch (IllegalArgumentException _) {
            // The cause would repeat a part of the key.
            throw new IllegalArgumentException("the private key's PEM is broken; write the file anew");
        }
        var spec = new PKCS8EncodedKeySpec(bytes);
        return tried("EC", spec)
                .or(() -> tried("RSA", spec))
                .orElseThrow(() -> new IllegalArgumentException("the private key is neither an EC nor an RSA key"));
    }

    private static Optional<PrivateKey> tried(String algorithm, PKCS8EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "TLS identity of " + chain.getFirst().getSubjectX500Principal();
    }
}
