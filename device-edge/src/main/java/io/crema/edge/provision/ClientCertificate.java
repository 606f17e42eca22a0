package io.crema.edge.provision;

import io.crema.contracts.crypto.SelfSigned;
import io.crema.contracts.value.Hash;
import io.crema.edge.folder.OwnerFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * With what the machine shows itself in TLS: a key on P-256, and a certificate of its own making with the serial number as
 * its name. It is trusted for its fingerprint, which the manufacturer hands in, and so it has no end date. Stateless.
 */
public final class ClientCertificate {
    private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";
    private static final int ITERATIONS = 10_000; // the secret is random: nobody guesses it from the file
    private static final String SEALED = "ENCRYPTED PRIVATE KEY";
    private static final String PLAIN = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    /** A machine may have no clock when it is made; the second one says "no end" (RFC 5280, 4.1.2.5). */
    private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant UNTIL = Instant.parse("9999-12-31T23:59:59Z");

    private ClientCertificate() {}

    /** Makes key and certificate and writes them as PEM; the key encrypted (PKCS #8, PBES2 with AES-256). */
    public static void create(Path certificateFile, Path keyFile, String serial, Secret secret, SecureRandom random) {
        try {
            var keys = SelfSigned.keys(random);
            var certificate = SelfSigned.certificate(keys, serial, List.of(), FROM, UNTIL, random);
            OwnerFile.write(keyFile, pem(SEALED, seal(keys.getPrivate(), secret, random)));
            OwnerFile.write(certificateFile, SelfSigned.pem(certificate));
        } catch (GeneralSecurityException | IOException e) {
            throw new ProvisionException("the machine's certificate cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * A PEM file's text; a key that is encrypted in it is decrypted, for the memory of a TLS library.
     *
     * @throws ProvisionException when the file cannot be read, or the secret does not open the key
     */
    public static String open(Path file, Secret secret) {
        var text = text(file);
        if (!text.contains(SEALED)) {
            return text;
        }
        try {
            var sealed = new EncryptedPrivateKeyInfo(unpem(SEALED, text));
            var password = SecretKeyFactory.getInstance(CIPHER).generateSecret(new PBEKeySpec(secret.characters()));
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, password, sealed.getAlgParameters());
            return pem(PLAIN, sealed.getKeySpec(cipher).getEncoded());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ProvisionException(
                    "the key file %s does not open with the secret; give the secret that it was made with"
                            .formatted(file),
                    e);
        }
    }

    /** SHA-256 of the DER form of the certificate in a PEM file. */
    public static Hash fingerprint(Path file) {
        try {
            return SelfSigned.fingerprint((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(unpem(CERTIFICATE, text(file)))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ProvisionException(
                    "the certificate %s cannot be read (%s); bring it back".formatted(file, e.getMessage()), e);
        }
    }

    private static byte[] seal(PrivateKey key, Secret secret, SecureRandom random)
            throws GeneralSecurityException, IOException {
        var salt = new byte[16];
        random.nextBytes(salt);
        var password = SecretKeyFactory.getInstance(CIPHER).generateSecret(new PBEKeySpec(secret.characters()));
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.ENCRYPT_MODE, password, new PBEParameterSpec(salt, ITERATIONS), random);
        var named = AlgorithmParameters.getInstance("PBES2"); // the cipher's own name has no object identifier
        named.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(named, cipher.doFinal(key.getEncoded())).getEncoded();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ProvisionException("%s cannot be read (%s); bring it back".formatted(file, e), e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
    }

    private static byte[] unpem(String what, String text) {
        var begin = "-----BEGIN " + what + "-----";
        var from = text.indexOf(begin);
        var until = text.indexOf("-----END " + what + "-----");
        if (from < 0 || until < from) {
            throw new IllegalArgumentException("it holds no " + what);
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), until));
    }
}
