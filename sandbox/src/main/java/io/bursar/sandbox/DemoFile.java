package io.bursar.sandbox;

import io.bursar.sandbox.http.Json;
import org.jspecify.annotations.Nullable;

/**
 * What {@code DIR/demo.json} holds: where everything is and how to sign in, for people and scripts alike. What has not
 * been created yet is absent. Holds secrets, so it is kept at mode 0600 and never printed whole.
 */
record DemoFile(
        String baseUrl,
        SignIn operator,
        SignIn viewer,
        @Nullable Partner partner,
        @Nullable Merchant merchant,
        Sandbox sandbox,
        String databaseUrl,
        String triageDatabaseUrl,
        long chainId,
        String genesis,
        boolean complete) {

    record SignIn(String email, String password) {
        @Override
        public String toString() {
            return email;
        }
    }

    record Partner(String id, String apiKey, String webhookSecret) {
        @Override
        public String toString() {
            return id;
        }
    }

    record Merchant(String id) {}

    record Sandbox(String evmRpcUrl, String mailUrl, String webhookReceiverUrl, String fxUrl, int smtpPort) {}

    static DemoFile parse(String json) {
        return Json.read(json, DemoFile.class);
    }

    DemoFile at(Sandbox addresses) {
        return new DemoFile(
                baseUrl,
                operator,
                viewer,
                partner,
                merchant,
                addresses,
                databaseUrl,
                triageDatabaseUrl,
                chainId,
                genesis,
                complete);
    }

    DemoFile onChain(String genesisHash) {
        return new DemoFile(
                baseUrl,
                operator,
                viewer,
                partner,
                merchant,
                sandbox,
                databaseUrl,
                triageDatabaseUrl,
                chainId,
                genesisHash,
                complete);
    }

    DemoFile serving(String url, String database, String triageDatabase) {
        return new DemoFile(
                url,
                operator,
                viewer,
                partner,
                merchant,
                sandbox,
                database,
                triageDatabase,
                chainId,
                genesis,
                complete);
    }

    DemoFile with(Partner created) {
        return new DemoFile(
                baseUrl,
                operator,
                viewer,
                created,
                merchant,
                sandbox,
                databaseUrl,
                triageDatabaseUrl,
                chainId,
                genesis,
                complete);
    }

    DemoFile with(Merchant created) {
        return new DemoFile(
                baseUrl,
                operator,
                viewer,
                partner,
                created,
                sandbox,
                databaseUrl,
                triageDatabaseUrl,
                chainId,
                genesis,
                complete);
    }

    DemoFile completed() {
        return new DemoFile(
                baseUrl,
                operator,
                viewer,
                partner,
                merchant,
                sandbox,
                databaseUrl,
                triageDatabaseUrl,
                chainId,
                genesis,
                true);
    }

    @Override
    public String toString() {
        return "demo at " + baseUrl;
    }
}
