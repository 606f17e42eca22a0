package io.crema.phone;

import com.googlecode.d2j.dex.Dex2jar;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The wallet as the APK carries it: its dex code, translated back to class files and loaded apart from the wallet of this
 * build. Bytes and texts go in and come out.
 */
final class DexedWallet implements AutoCloseable {
    private final URLClassLoader classes;
    private final Object home;
    private Object card;

    DexedWallet(Path jar, byte[] key, Path folder, InstantSource clock, Nonces nonces) throws Exception {
        classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        var signingKey = type("contracts.crypto.SigningKey")
                .getMethod("of", byte[].class)
                .invoke(null, key);
        var walletKey = type("phone.WalletKey")
                .getMethod("of", type("contracts.crypto.SigningKey"))
                .invoke(null, signingKey);
        var store = type("phone.FileWalletStore").getConstructor(Path.class).newInstance(folder);
        var source = Proxy.newProxyInstance(classes, new Class<?>[] {type("phone.Nonces")}, (proxy, method, args) -> {
            nonces.fill((byte[]) args[0]);
            return null;
        });
        home = type("phone.PhoneHome")
                .getConstructor(
                        type("phone.WalletStore"), type("phone.WalletKey"), InstantSource.class, type("phone.Nonces"))
                .newInstance(store, walletKey, clock, source);
        card = newCard();
    }

    /** Dex code as class files; calls of static methods of interfaces, which dex2jar takes for those of classes, mended. */
    static void translate(byte[] dex, Path jar) throws IOException {
        var raw = jar.resolveSibling("raw-" + jar.getFileName());
        Dex2jar.from(dex).to(raw);
        try (var in = new ZipFile(raw.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            var classes = new TreeMap<String, byte[]>();
            for (var entry : Collections.list(in.entries())) {
                if (entry.getName().endsWith(".class")) {
                    classes.put(entry.getName(), in.getInputStream(entry).readAllBytes());
                }
            }
            var interfaces = new HashSet<String>();
            classes.values().stream()
                    .map(ClassReader::new)
                    .filter(it -> (it.getAccess() & Opcodes.ACC_INTERFACE) != 0)
                    .forEach(it -> interfaces.add(it.getClassName()));
            try (var loader =
                    new URLClassLoader(new URL[] {raw.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
                for (var entry : classes.entrySet()) {
                    out.putNextEntry(new ZipEntry(entry.getKey()));
                    out.write(mended(entry.getValue(), interfaces, loader));
                }
            }
        }
    }

    private static byte[] mended(byte[] file, Set<String> interfaces, ClassLoader loader) {
        var writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return loader;
            }

            @Override
            protected String getCommonSuperClass(String one, String other) {
                try {
                    return super.getCommonSuperClass(one, other);
                } catch (TypeNotPresentException leftOut) {
                    return "java/lang/Object";
                }
            }
        };
        new ClassReader(file)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String signature, String[] exceptions) {
                                return new MethodVisitor(
                                        Opcodes.ASM9, super.visitMethod(access, name, type, signature, exceptions)) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String method, String shape, boolean itf) {
                                        var onInterface = itf || interfaces.contains(owner) || isJavaInterface(owner);
                                        super.visitMethodInsn(opcode, owner, method, shape, onInterface);
                                    }
                                };
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    private static boolean isJavaInterface(String owner) {
        try {
            return owner.startsWith("java/")
                    && Class.forName(owner.replace('/', '.'), false, ClassLoader.getPlatformClassLoader())
                            .isInterface();
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    void accept(String link) throws Exception {
        var invitation =
                type("phone.Invitation").getMethod("parse", String.class).invoke(null, link);
        home.getClass().getMethod("accept", type("phone.Invitation")).invoke(home, invitation);
        card = newCard();
    }

    void limit(long withoutAsking, long perDay) throws Exception {
        var amount = type("contracts.value.Amount").getConstructor(BigInteger.class);
        var limits = type("phone.Limits")
                .getConstructor(type("contracts.value.Amount"), type("contracts.value.Amount"))
                .newInstance(
                        amount.newInstance(BigInteger.valueOf(withoutAsking)),
                        amount.newInstance(BigInteger.valueOf(perDay)));
        wallet().getClass().getMethod("limit", type("phone.Limits")).invoke(wallet(), limits);
    }

    boolean confirmWhatIsAsked() throws Exception {
        var asked = (Optional<?>) wallet().getClass().getMethod("asked").invoke(wallet());
        return (boolean)
                wallet().getClass().getMethod("confirm", type("phone.Purchase")).invoke(wallet(), asked.orElseThrow());
    }

    byte[] process(byte[] apdu) {
        try {
            return (byte[]) card.getClass().getMethod("process", byte[].class).invoke(card, (Object) apdu);
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new AssertionError(e);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private Object newCard() throws Exception {
        return type("phone.PhoneCard").getConstructor(type("phone.Wallet")).newInstance(wallet());
    }

    private Object wallet() throws Exception {
        return home.getClass().getMethod("wallet").invoke(home);
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return classes.loadClass("io.crema." + name);
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
