package io.crema.edge.gateway;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the servers whose certificates are given, and those that a given authority vouches for. A given certificate is
 * known by its bytes: neither its dates nor its host name count, because a machine without a battery clock must be able to
 * call, and the operator gave it for this address.
 */
final class PinnedServers extends X509ExtendedTrustManager {
    private final List<X509Certificate> given;
    private final X509ExtendedTrustManager authorities;

    PinnedServers(List<X509Certificate> given) throws GeneralSecurityException {
        this.given = List.copyOf(given);
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var i = 0; i < given.size(); i++) {
                store.setCertificateEntry("given-" + i, given.get(i));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            authorities = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (!given.contains(chain[0])) {
            authorities.checkServerTrusted(chain, authType, engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!given.contains(chain[0])) {
            authorities.checkServerTrusted(chain, authType, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server is only trusted with its host name");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noClients();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new ArrayList<>(given).toArray(X509Certificate[]::new);
    }

    private static CertificateException noClients() {
        return new CertificateException("a machine serves no TLS clients");
    }
}
