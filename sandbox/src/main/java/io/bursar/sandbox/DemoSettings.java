package io.bursar.sandbox;

import java.util.HashMap;
import java.util.Map;

/** The environment in which the demo starts Bursar: the stand-ins' addresses under the names of docs/OPERATING.md. */
final class DemoSettings {
    private DemoSettings() {}

    static Map<String, String> of(DemoFile file, DemoHome home, StandIns outside, int port) {
        var settings = new HashMap<String, String>();
        settings.put("PORT", Integer.toString(port));
        settings.put("PUBLIC_URL", "http://127.0.0.1:" + port);
        settings.put("BURSAR_HOME", home.path().toString());
        settings.put("BURSAR_MODE", "development");
        settings.put("BURSAR_ADMIN_EMAIL", file.operator().email());
        settings.put("BURSAR_ADMIN_PASSWORD", file.operator().password());
        settings.put("ENCRYPTION_KEY", home.encryptionKey());
        settings.put("SMTP_URL", "smtp://127.0.0.1:" + outside.mailbox().smtpPort());
        settings.put("FX_URL", outside.fx().feedUrl());
        settings.put("EVM_RPC_URLS_" + file.chainId(), file.sandbox().evmRpcUrl());
        settings.put("WEBHOOK_ALLOWED_ORIGINS", outside.receiver().url());
        return settings;
    }
}
