// Runs inside the page. Ends with an object: attempt → "refused", or what was reached; commands → the error they returned.
const [outside, done] = [arguments[0], arguments[arguments.length - 1]];
const { invoke } = window.__TAURI_INTERNALS__;
const home = location.href;
const ends = {};

// What is refused is refused at once; what waits for an answer was let out.
const patience = () => new Promise((go) => setTimeout(() => go("still under way"), 3000));
const attempt = async (name, action) => {
    try {
        const reached = await Promise.race([action(), patience()]);
        ends[name] = reached === undefined || reached === null || reached === false ? "refused" : `reached: ${reached}`;
    } catch {
        ends[name] = "refused";
    }
};
const command = async (name, body) => {
    ends[`run ${name}`] = await invoke("run", body).then((reply) => ({ reply }), (error) => error);
};
const moment = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go, 200)));
const element = async (tag, attributes) => {
    const one = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
    const loaded = new Promise((go) => {
        one.onload = () => go("loaded");
        one.onerror = () => go(undefined);
    });
    document.body.append(one);
    const end = await Promise.race([loaded, moment()]);
    one.remove();
    return end;
};

(async () => {
    await attempt("fetch", async () => (await fetch(outside)).status);
    await attempt("fetch without reading", async () => (await fetch(outside, { mode: "no-cors" })).type);
    await attempt("beacon", async () => void navigator.sendBeacon(outside, "x"));
    await attempt("socket", () => new Promise((go) => {
        const socket = new WebSocket(outside.replace("http", "ws"));
        socket.onopen = () => go("open");
        socket.onerror = () => go(undefined);
    }));
    await attempt("picture", () => element("img", { src: `${outside}/a.png` }));
    await attempt("script", () => element("script", { src: `${outside}/a.js` }));
    await attempt("style", () => element("link", { rel: "stylesheet", href: `${outside}/a.css` }));
    await attempt("object", () => element("object", { data: `${outside}/a.svg` }));
    await attempt("prefetch", async () => void (await element("link", { rel: "prefetch", href: `${outside}/a` })));
    await attempt("frame", async () => {
        const frame = document.createElement("iframe");
        frame.src = outside;
        document.body.append(frame);
        await moment();
        frame.remove();
    });
    await attempt("form", async () => {
        const form = document.createElement("form");
        form.action = outside;
        form.method = "post";
        document.body.append(form);
        form.submit();
        await moment();
        form.remove();
        return location.href !== home;
    });
    await attempt("navigation", async () => {
        location.assign(outside);
        await moment();
        return location.href !== home;
    });
    await attempt("navigation to a text of one's own", async () => {
        location.assign("data:text/html,<h1>Bogen</h1>");
        await moment();
        return location.href !== home;
    });
    await attempt("new window", () => window.open(outside));
    await attempt("script as text", async () => (0, eval)("'run'"));
    await attempt("script in the page", async () => {
        const script = document.createElement("script");
        script.textContent = "window.hostileRan = true";
        document.body.append(script);
        script.remove();
        return window.hostileRan;
    });
    await attempt("script in an attribute", async () => {
        document.body.insertAdjacentHTML("beforeend", '<img id="hostile" src="data:," onerror="window.hostileRan = true">');
        await moment();
        document.getElementById("hostile").remove();
        return window.hostileRan;
    });
    await attempt("change of all objects", async () => {
        Object.prototype.hostile = "inherited";
        return {}.hostile;
    });
    await attempt("global object of Tauri", async () => window.__TAURI__);

    for (const [name, args] of Object.entries({
        "plugin:app|version": {},
        "plugin:event|emit": { event: "bogen", payload: {} },
        "plugin:path|resolve_directory": { directory: 1 },
        "plugin:resources|close": { rid: 0 },
        "plugin:webview|create_webview_window": { options: { label: "second", url: outside } },
        "plugin:webview|internal_toggle_devtools": {},
        "plugin:window|set_content_protected": { label: "main", value: false },
        "plugin:window|set_title": { label: "main", value: "x" },
        "run_anything": {},
    })) {
        await attempt(`invoke ${name}`, async () => {
            await invoke(name, args);
            return "accepted";
        });
    }

    await command("nothing", {});
    await command("an unknown command", { command: { command: "123A456789", args: {} } });
    await command("no arguments", { command: { command: "status" } });
    await command("wrong types", { command: { command: "unit_open", args: { unit: { number: "123A456789" } } } });
    await command("bytes", new Uint8Array([123, 125]));
    await command("a huge text", { command: { command: "import", args: { text: "x".repeat(9 * 1024 * 1024) } } });
    done(ends);
})();
