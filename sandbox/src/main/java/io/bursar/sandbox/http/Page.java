package io.bursar.sandbox.http;

/** The look of every sandbox page: Bursar's tokens in a small stylesheet, and escaping. */
public final class Page {
    private static final String STYLE = """
            :root { --ink:#16181d; --ink-2:#565c69; --line:#e6e8ec; --page:#fafafb; --card:#fff; --accent:#3b4cca;
              --on-accent:#fff; --ok:#17794a; --ok-soft:#e7f5ed; --bad:#b42335; --bad-soft:#fdecee; --wait:#565c69;
              --wait-soft:#eef0f3; --sans:Inter,system-ui,sans-serif; --mono:"JetBrains Mono",ui-monospace,monospace }
            @media (prefers-color-scheme: dark) { :root { --ink:#eceef2; --ink-2:#a5abb8; --line:#2a2e37;
              --page:#121419; --card:#191c22; --accent:#8c9bff; --on-accent:#121419; --ok:#5fd095; --ok-soft:#16301f;
              --bad:#ff8a98; --bad-soft:#3a1a20; --wait:#a5abb8; --wait-soft:#262a32 } }
            * { box-sizing: border-box }
            html { font: 14px/1.5 var(--sans); color: var(--ink); background: var(--page) }
            body { margin: 0 auto; max-width: 860px; padding: 24px 16px 60px }
            h1 { font-size: 20px; margin: 0 0 4px } h2 { font-size: 14px; margin: 0 }
            p { margin: 4px 0 12px } a { color: var(--accent) } .dim { color: var(--ink-2) }
            .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 16px 0 }
            .card > * { padding: 12px 16px; margin: 0 } .card > * + * { border-top: 1px solid var(--line) }
            .head { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline }
            .head > :last-child:not(:first-child) { margin-left: auto }
            pre, .mono { font: 12.5px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere }
            .tag { font-size: 12px; font-weight: 500; padding: 1px 8px; border-radius: 20px; white-space: nowrap }
            .tag.ok { color: var(--ok); background: var(--ok-soft) } .tag.bad { color: var(--bad);
              background: var(--bad-soft) } .tag.wait { color: var(--wait); background: var(--wait-soft) }
            label { display: block; margin: 0 0 12px } input, select { display: block; width: 100%; margin-top: 4px;
              font: inherit; padding: 8px 10px; color: inherit; background: var(--page);
              border: 1px solid var(--line); border-radius: 8px }
            button { font: inherit; font-weight: 550; padding: 8px 14px; border-radius: 8px; cursor: pointer;
              border: 1px solid var(--line); background: var(--card); color: inherit; margin: 0 6px 6px 0 }
            button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
            :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
            """;

    private Page() {}

    /** The body is HTML already; everything that came from outside must have gone through {@link #escape}. */
    public static String of(String title, String body) {
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title><style>%s</style></head><body><main>%s</main></body></html>
                """.formatted(escape(title), STYLE, body);
    }

    public static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
