package io.crema.contracts.crypto;

import io.crema.contracts.value.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/**
 * Self-signed TLS certificates (X.509 v3, RFC 5280) on P-256 with SHA-256: whoever meets one knows it by its fingerprint.
 * The JDK reads certificates but makes none. Stateless.
 */
public final class SelfSigned {
    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final byte[] ALTERNATIVE_NAMES = oid(0x55, 0x1d, 0x11);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant SHORT_TIMES_END = Instant.parse("2050-01-01T00:00:00Z");

    private SelfSigned() {}

    /** A fresh P-256 key pair. */
    public static KeyPair keys(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes P-256 keys", e);
        }
    }

    /**
     * A certificate of the keys, by the keys.
     *
     * @param name its common name, such as a machine's serial number
     * @param hosts DNS names and IP literals that a server answers to; empty for a client
     * @param random for the serial number
     */
    public static X509Certificate certificate(
            KeyPair keys, String name, List<String> hosts, Instant from, Instant until, SecureRandom random) {
        var subject = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, name.getBytes(StandardCharsets.UTF_8)))));
        var content = sequence(
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, new BigInteger(127, random).setBit(126).toByteArray()),
                ECDSA_WITH_SHA256,
                subject,
                sequence(time(from), time(until)),
                subject,
                keys.getPublic().getEncoded(),
                hosts.isEmpty()
                        ? new byte[0]
                        : der(0xa3, sequence(sequence(ALTERNATIVE_NAMES, der(0x04, names(hosts))))));
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate(), random);
            signature.update(content);
            var bytes = sequence(content, ECDSA_WITH_SHA256, der(0x03, joined(new byte[1], signature.sign())));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a P-256 key signs a certificate", e);
        }
    }

    /** SHA-256 over the certificate's DER bytes. */
    public static Hash fingerprint(X509Certificate certificate) {
        try {
            return Hash.of(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate has no DER form", e);
        }
    }

    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the certificate has no DER form", e);
        }
    }

    /** PKCS #8, not encrypted. */
    public static String pem(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String kind, byte[] bytes) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind);
    }

    private static byte[] names(List<String> hosts) {
        return sequence(hosts.stream()
                .map(host -> {
                    var address = literal(host);
                    return address.length > 0
                            ? der(0x87, address)
                            : der(0x82, host.getBytes(StandardCharsets.US_ASCII));
                })
                .toArray(byte[][]::new));
    }

    private static byte[] literal(String host) {
        try {
            return InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] time(Instant time) {
        return time.isBefore(SHORT_TIMES_END)
                ? der(0x17, SHORT_TIME.format(time).getBytes(StandardCharsets.US_ASCII))
                : der(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... bytes) {
        var content = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return der(0x06, content);
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, joined(parts));
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Tag, length, content. */
    private static byte[] der(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
