package io.crema.contracts.typed;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The products and prices of a tariff as a Merkle tree: leaf = keccak256(keccak256(abi.encode(product, price))), leaves
 * ordered by product id, a pair hashed smaller first, an odd node moved up unchanged. Proofs verify with
 * OpenZeppelin's MerkleProof. Immutable.
 */
public final class TariffItems {
    private final SortedMap<ProductId, Amount> prices;
    private final List<List<Hash>> levels;

    /** @throws IllegalArgumentException when there are no items */
    public TariffItems(Map<ProductId, Amount> prices) {
        if (prices.isEmpty()) {
            throw new IllegalArgumentException("a tariff has at least one product, got none");
        }
        this.prices = new TreeMap<>(prices);
        this.levels = new ArrayList<>();
        List<Hash> level = new ArrayList<>();
        this.prices.forEach((product, price) -> level.add(leaf(product, price)));
        levels.add(level);
        while (levels.getLast().size() > 1) {
            levels.add(parents(levels.getLast()));
        }
    }

    public Hash root() {
        return levels.getLast().getFirst();
    }

    /** Prices by product, ordered by id; unmodifiable. */
    public SortedMap<ProductId, Amount> prices() {
        return Collections.unmodifiableSortedMap(prices);
    }

    public Optional<Amount> price(ProductId product) {
        return Optional.ofNullable(prices.get(product));
    }

    /** The siblings from the product's leaf up to the root. */
    public List<Hash> proof(ProductId product) {
        if (!prices.containsKey(product)) {
            throw new IllegalArgumentException("the tariff has no product " + product);
        }
        var index = prices.headMap(product).size();
        List<Hash> proof = new ArrayList<>();
        for (var level : levels.subList(0, levels.size() - 1)) {
            var sibling = index ^ 1;
            if (sibling < level.size()) {
                proof.add(level.get(sibling));
            }
            index /= 2;
        }
        return List.copyOf(proof);
    }

    /** Whether the product costs that price in the tariff with this root. */
    public static boolean verify(Hash root, ProductId product, Amount price, List<Hash> proof) {
        var node = leaf(product, price);
        for (var sibling : proof) {
            node = pair(node, sibling);
        }
        return node.equals(root);
    }

    private static Hash leaf(ProductId product, Amount price) {
        return Keccak.hash(
                new Words(2).hash(product.value()).amount(price).keccak().bytes());
    }

    private static List<Hash> parents(List<Hash> level) {
        List<Hash> parents = new ArrayList<>();
        for (var i = 0; i < level.size(); i += 2) {
            parents.add(i + 1 < level.size() ? pair(level.get(i), level.get(i + 1)) : level.get(i));
        }
        return parents;
    }

    private static Hash pair(Hash a, Hash b) {
        return a.compareTo(b) <= 0 ? Keccak.hash(a.bytes(), b.bytes()) : Keccak.hash(b.bytes(), a.bytes());
    }
}
