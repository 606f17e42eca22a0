package io.crema.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.Crema;
import io.crema.platform.Anvil;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.VoidResponse;
import org.web3j.protocol.http.HttpService;

final class ContractsCommandIT {
    private final Anvil chain = Anvil.builder().blockPerTransaction().start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        chain.close();
    }

    @Test
    void shouldDeployPublishAndVerify() throws Exception {
        assertThat(deploy("--test-token")).as(err.toString()).isZero();
        var file = folder.resolve("contracts.json");
        var contracts = Contracts.read(file);
        assertThat(folder.resolve("abi"))
                .isDirectoryContaining("glob:**/SupplyProvider.json")
                .isDirectoryContaining("glob:**/CremaTestToken.json");
        assertThat(Files.readString(folder.resolve("contracts.env")))
                .contains("CREMA_SUPPLY_PROVIDER=" + contracts.supplyProvider())
                .contains("CREMA_DEPLOYMENT_BLOCK=" + contracts.deploymentBlock());
        assertThat(verify(file)).isZero();
        assertThat(out.toString()).contains("byte for byte");

        var text = Files.readString(file);
        assertThat(deploy("--test-token")).isZero();
        assertThat(file).hasContent(text);

        setCode(contracts.maintenanceProvider().hex(), "0x00");
        assertThat(verify(file)).isEqualTo(1);
        assertThat(err.toString()).contains("MaintenanceProvider at " + contracts.maintenanceProvider());
    }

    @Test
    void shouldRefuseWhatIsUnclear() throws Exception {
        assertThat(deploy()).isEqualTo(2);
        assertThat(err.toString()).contains("--token ADDRESS or --test-token");
        assertThat(deploy("--test-token", "--quorum", "3")).isEqualTo(1);
        assertThat(err.toString()).contains("quorum must be from 1 to the number of owners");
        assertThat(run("contracts", "deploy", "--test-token", "--rpc-url", chain.rpcUrl()))
                .isEqualTo(2);
        assertThat(run("contracts")).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    private int deploy(String... more) {
        var arguments = new java.util.ArrayList<>(List.of(
                "contracts", "deploy", "--rpc-url", chain.rpcUrl(), "--out", folder.toString(), "--test-account", "0"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int verify(Path file) {
        return run("contracts", "verify", "--rpc-url", chain.rpcUrl(), "--file", file.toString());
    }

    private int run(String... arguments) {
        return Crema.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void setCode(String address, String code) throws Exception {
        var node = new HttpService(chain.rpcUrl());
        new Request<>("anvil_setCode", List.of(address, code), node, VoidResponse.class).send();
        node.close();
    }
}
