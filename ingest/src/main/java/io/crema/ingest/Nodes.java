package io.crema.ingest;

import io.crema.ingest.rpc.NodeReader;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The chain's nodes. Their addresses may hold secrets and are shown without path and user. Immutable.
 *
 * @param rpcUrls http or https
 * @param wsUrls ws or wss, to be told of new blocks; none = the chain is only polled
 * @param agreement so many nodes must give the same answer before anything of it is published
 */
public record Nodes(List<URI> rpcUrls, List<URI> wsUrls, int agreement) {
    public Nodes {
        rpcUrls = List.copyOf(rpcUrls);
        wsUrls = List.copyOf(wsUrls);
    }

    /** Polled, with {@link #agreementOf} so many. */
    public static Nodes of(List<URI> rpcUrls) {
        return new Nodes(rpcUrls, List.of(), agreementOf(rpcUrls.size()));
    }

    /** More than half: a single one that lies can neither publish nor, of three, hinder. */
    static int agreementOf(int nodes) {
        return nodes / 2 + 1;
    }

    /** The same addresses with ws for http, where most nodes answer websockets. */
    static List<URI> derived(List<URI> rpcUrls) {
        return rpcUrls.stream()
                .filter(url -> url.toString().startsWith("http"))
                .map(url -> URI.create("ws" + url.toString().substring("http".length())))
                .toList();
    }

    void check(Faults faults) {
        faults.unless(!rpcUrls.isEmpty(), "rpcUrls is empty; give at least one http(s) address");
        for (var url : rpcUrls) {
            faults.unless(is(url, "http", "https"), "an RPC address is " + shown(url) + "; give http://… or https://…");
        }
        for (var url : wsUrls) {
            faults.unless(is(url, "ws", "wss"), "a websocket address is " + shown(url) + "; give ws://… or wss://…");
        }
        faults.unless(
                rpcUrls.isEmpty() || (agreement >= 1 && agreement <= rpcUrls.size()),
                "agreement is %d of %d nodes; give 1 to %d".formatted(agreement, rpcUrls.size(), rpcUrls.size()));
        faults.unless(
                rpcUrls.stream().distinct().count() == rpcUrls.size(),
                "an RPC address is given twice; a node cannot confirm itself");
    }

    private static boolean is(URI url, String plain, String secure) {
        return (plain.equals(url.getScheme()) || secure.equals(url.getScheme())) && url.getHost() != null;
    }

    private static String shown(URI url) {
        return url.getHost() == null ? url.getScheme() + ":…" : NodeReader.name(url);
    }

    @Override
    public String toString() {
        var names = rpcUrls.stream().map(Nodes::shown).collect(Collectors.joining(", "));
        return rpcUrls.size() == 1 ? names : "%s (%d of them agreeing)".formatted(names, agreement);
    }
}
