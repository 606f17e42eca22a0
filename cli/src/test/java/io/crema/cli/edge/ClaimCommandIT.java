package io.crema.cli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.Crema;
import io.crema.cli.fleet.TestAccounts;
import io.crema.cli.onboarding.Onboarding;
import io.crema.cli.onboarding.Party;
import io.crema.edge.provision.MachineInit;
import io.crema.platform.Anvil;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;

final class ClaimCommandIT {
    private final Anvil chain = Anvil.builder().blockPerTransaction().start();
    private final StringWriter said = new StringWriter();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        chain.close();
    }

    @Test
    void shouldClaimAMachineOnceAndItsReplacedCardByRotatingTheKey() throws Exception {
        crema(
                "contracts",
                "deploy",
                "--rpc-url",
                chain.rpcUrl(),
                "--out",
                folder.toString(),
                "--test-account",
                "0",
                "--test-token");
        var accounts = TestAccounts.first(2);
        onboard(new Party("owner", accounts.getFirst()), new Party("manufacturer", accounts.getLast()));

        var code = init("first", accounts.getLast().address().hex());
        assertThat(claim(code)).as(said::toString).isZero();
        assertThat(said.toString()).contains("Registered machine");
        assertThat(claim(code)).isZero();
        assertThat(said.toString()).contains("Already registered");

        var replaced = init("second", accounts.getLast().address().hex());
        assertThat(claim(replaced)).isEqualTo(1);
        assertThat(said.toString()).contains("--rotate HOURS");
        assertThat(claim(replaced, "--rotate", "0")).as(said::toString).isZero();
        assertThat(said.toString()).contains("Gave another key to machine");
        assertThat(claim(replaced)).isZero();

        assertThat(claim("0" + code.substring(2))).isEqualTo(1);
        assertThat(said.toString()).contains("checksum");
    }

    private void onboard(Party owner, Party manufacturer) throws Exception {
        var web3 = Web3j.build(new HttpService(chain.rpcUrl()));
        try {
            new Onboarding(web3, Contracts.read(folder.resolve("contracts.json")))
                    .join(owner, manufacturer, List.of(), List.of());
        } finally {
            web3.shutdown();
        }
    }

    private String init(String name, String manufacturer) {
        var data = folder.resolve(name);
        var done = crema(
                "edge",
                "init",
                "--serial",
                "CM-1",
                "--manufacturer",
                manufacturer,
                "--data-dir",
                data.toString(),
                "--contracts",
                folder.resolve("contracts.json").toString(),
                "--kafka",
                "127.0.0.1:9");
        assertThat(done).as(said::toString).isZero();
        assertThat(crema("edge", "check", "--data-dir", data.toString())).isZero();
        return MachineInit.code(data).text();
    }

    private int claim(String code, String... more) {
        var all = new java.util.ArrayList<>(List.of(
                "edge",
                "claim",
                code,
                "--rpc-url",
                chain.rpcUrl(),
                "--contracts",
                folder.resolve("contracts.json").toString(),
                "--test-account",
                "1"));
        all.addAll(List.of(more));
        return crema(all.toArray(String[]::new));
    }

    private int crema(String... arguments) {
        var out = new PrintWriter(said, true);
        return Crema.commandLine().setOut(out).setErr(out).execute(arguments);
    }
}
