package io.crema.contracts.crypto;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Pure Java, for processors without a native library. */
public final class BouncyCastleSecp256k1 implements Secp256k1 {
    private static final ECDomainParameters CURVE = curve();

    private static ECDomainParameters curve() {
        var x9 = SECNamedCurves.getByName("secp256k1");
        return new ECDomainParameters(x9.getCurve(), x9.getG(), x9.getN(), x9.getH());
    }

    @Override
    public String name() {
        return "BouncyCastle";
    }

    @Override
    public Signature sign(Hash digest, byte[] privateKey) {
        var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), CURVE));
        var rs = signer.generateSignature(digest.bytes());
        var s = rs[1].compareTo(Order.HALF) > 0 ? Order.N.subtract(rs[1]) : rs[1];
        var expected = address(publicKey(privateKey));
        for (var parity = 0; parity <= 1; parity++) {
            var candidate = Signature.of(word(rs[0]), word(s), parity);
            if (recover(digest, candidate).filter(expected::equals).isPresent()) {
                return candidate;
            }
        }
        throw new IllegalStateException("no recovery id fits a fresh signature of " + expected);
    }

    @Override
    public byte[] publicKey(byte[] privateKey) {
        var d = new BigInteger(1, privateKey);
        if (privateKey.length != 32 || d.signum() == 0 || d.compareTo(Order.N) >= 0) {
            throw new IllegalArgumentException("a private key is 32 bytes, from 1 to the group order - 1");
        }
        return encode(new FixedPointCombMultiplier().multiply(CURVE.getG(), d));
    }

    @Override
    public Optional<Address> recover(Hash digest, Signature signature) {
        var r = new BigInteger(1, signature.r());
        var s = new BigInteger(1, signature.s());
        if (r.signum() == 0 || r.compareTo(Order.N) >= 0 || s.signum() == 0 || s.compareTo(Order.HALF) > 0) {
            return Optional.empty();
        }
        var compressed = new byte[33];
        compressed[0] = (byte) (2 + signature.yParity());
        System.arraycopy(signature.r(), 0, compressed, 1, 32);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var e = new BigInteger(1, digest.bytes());
        var inverse = r.modInverse(Order.N);
        var key = ECAlgorithms.sumOfTwoMultiplies(
                CURVE.getG(),
                e.negate().multiply(inverse).mod(Order.N),
                point,
                s.multiply(inverse).mod(Order.N));
        return key.isInfinity() ? Optional.empty() : Optional.of(address(encode(key)));
    }

    private static Address address(byte[] publicKey) {
        return Secp256k1.address(publicKey);
    }

    private static byte[] encode(ECPoint point) {
        return Arrays.copyOfRange(point.normalize().getEncoded(false), 1, 65);
    }

    private static byte[] word(BigInteger value) {
        return new Words(1).unsigned(value).toBytes();
    }
}
