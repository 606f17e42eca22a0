package io.crema.phone.android;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyPermanentlyInvalidatedException;
import android.security.keystore.KeyProperties;
import android.security.keystore.UserNotAuthenticatedException;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import io.crema.phone.WalletKey;
import io.crema.phone.WalletStore;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The secp256k1 key, wrapped by an AES-GCM key of the Android keystore. The keystore has no secp256k1 (only P-256 among
 * the curves for signing), so the wrapped key is opened in memory for each signature, and only for ten minutes after the
 * phone's owner has shown to be there.
 */
final class KeystoreKey implements WalletKey {
    static final int SECONDS_UNLOCKED = 600;

    private static final String PROVIDER = "AndroidKeyStore";
    private static final String ALIAS = "crema-wallet-wrap-1";
    private static final String NAME = "wrapped-key";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int IV = 12;
    private static final int TAG_BITS = 128;

    private final WalletStore store;
    private final Address address;

    private KeystoreKey(WalletStore store, Address address) {
        this.store = store;
        this.address = address;
    }

    /** Empty before the first key was made. */
    static Optional<KeystoreKey> load(WalletStore store) {
        return store.get(NAME)
                .filter(it -> it.length > Address.LENGTH + IV)
                .map(it -> new KeystoreKey(store, Address.of(Arrays.copyOf(it, Address.LENGTH))));
    }

    /**
     * Makes a key, in place of an earlier one.
     *
     * @throws GeneralSecurityException when the phone has no screen lock, or was not unlocked just before
     */
    static KeystoreKey create(WalletStore store) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER);
        generator.init(new KeyGenParameterSpec.Builder(
                        ALIAS, KeyProperties.PURPOSE_ENCRYPT | KeyProperties.PURPOSE_DECRYPT)
                .setKeySize(256)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setUserAuthenticationRequired(true)
                .setUserAuthenticationParameters(
                        SECONDS_UNLOCKED, KeyProperties.AUTH_BIOMETRIC_STRONG | KeyProperties.AUTH_DEVICE_CREDENTIAL)
                .setUnlockedDeviceRequired(true)
                .build());
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.ENCRYPT_MODE, generator.generateKey());
        byte[] secret = new byte[Hash.LENGTH];
        SigningKey key = null;
        while (key == null) {
            new SecureRandom().nextBytes(secret);
            try {
                key = SigningKey.of(secret);
            } catch (IllegalArgumentException outOfTheGroup) {
                // one in 2^128
            }
        }
        byte[] wrapped = cipher.doFinal(secret);
        Arrays.fill(secret, (byte) 0);
        byte[] iv = cipher.getIV();
        byte[] value = new byte[Address.LENGTH + IV + wrapped.length];
        key.address().copyTo(value, 0);
        System.arraycopy(iv, 0, value, Address.LENGTH, IV);
        System.arraycopy(wrapped, 0, value, Address.LENGTH + IV, wrapped.length);
        store.put(NAME, value);
        return new KeystoreKey(store, key.address());
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public boolean isLocked() {
        try {
            opened();
            return false;
        } catch (GeneralSecurityException e) {
            return true;
        }
    }

    /** Whether the screen lock was removed since: no unlocking brings this key back. */
    boolean isLost() {
        try {
            opened();
            return false;
        } catch (UserNotAuthenticatedException e) {
            return false;
        } catch (KeyPermanentlyInvalidatedException e) {
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public Optional<Signature> sign(Hash digest) {
        byte[] secret;
        try {
            byte[] value = value();
            secret = opened().doFinal(value, Address.LENGTH + IV, value.length - Address.LENGTH - IV);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(SigningKey.of(secret).sign(digest));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Cipher opened() throws GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(PROVIDER);
        try {
            keys.load(null);
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException("the phone's keystore does not open", e);
        }
        SecretKey key = (SecretKey) keys.getKey(ALIAS, null);
        if (key == null) {
            throw new KeyPermanentlyInvalidatedException();
        }
        byte[] value = value();
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, value, Address.LENGTH, IV));
        return cipher;
    }

    private byte[] value() throws GeneralSecurityException {
        return store.get(NAME).orElseThrow(() -> new GeneralSecurityException("there is no key"));
    }
}
