package io.crema.chain.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.abi.SupplyStructs;
import io.crema.chain.wrappers.SupplyProvider;
import io.crema.contracts.typed.SupplyAgreement;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hash;

/** Agreements between a buyer and the supplier. */
final class Supplied {
    private Supplied() {}

    /** Signed by the supplier, agreed to by the buyer. */
    static Hash agree(World world, SupplyAgreement terms, Actor buyer) throws Exception {
        var signed = TypedData.sign(terms, world.contracts.supplyDomain(), world.supplier.key());
        var agreed = world.supply(buyer)
                .agree(SupplyStructs.agreement(terms), SupplyStructs.signature(signed.signature()))
                .send();
        var id = world.contracts.supplyDomain().digest(terms);
        assertThat(SupplyProvider.getSupplyAgreedEvents(agreed))
                .singleElement()
                .satisfies(event -> assertThat(event.agreement).isEqualTo(id.bytes()))
                .satisfies(event -> assertThat(event.terms.unitPrice)
                        .isEqualTo(terms.unitPrice().value()));
        return id;
    }
}
