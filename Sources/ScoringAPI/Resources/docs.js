"use strict";
// Draws the calls of the API and sends them; everything comes from this server, nothing from elsewhere.

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && name !== "list") element[name] = value; else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

const headers = (extra = {}) => {
  const all = new Headers(extra);
  const key = document.getElementById("key").value.trim();
  const language = document.getElementById("language").value.trim();
  if (key) all.set("Authorization", "Bearer " + key);
  if (language) all.set("Accept-Language", language);
  return all;
};

let example;
const loadExample = async () => {
  if (example === undefined) {
    const response = await fetch("/v1/schema", { headers: headers() });
    if (!response.ok) throw new Error((await response.json()).detail);
    example = (await response.json()).example;
  }
  return example;
};

const percent = (value) => (100 * value).toFixed(2) + " %";

const verdict = (status, body) => {
  if (body && body.decision) {
    const { decision, texts } = body;
    const box = make("div", { className: "verdict " + decision.outcome },
      make("strong", {}, decision.outcome),
      `: probability of default ${percent(decision.probability_of_default)}, ${decision.points} points, ` +
      `model ${decision.model.name} ${decision.model.version}`);
    const lines = [...texts.rules, ...texts.reasons];
    if (lines.length) box.append(make("ul", {}, ...lines.map((line) => make("li", {}, line.text))));
    return box;
  }
  if (body && body.type && body.remedy) {
    return make("div", { className: "verdict problem" }, make("strong", {}, body.title),
      `: ${body.detail}. What to do: ${body.remedy}.`);
  }
  return make("div", { className: "verdict" + (status < 400 ? " approve" : " problem") }, "Status " + status);
};

const show = async (target, response) => {
  const text = await response.text();
  const type = response.headers.get("content-type") || "";
  let body;
  if (type.includes("json") && text) body = JSON.parse(text);
  const said = ["x-request-id", "etag", "content-language", "retry-after"]
    .filter((name) => response.headers.has(name)).map((name) => `${name}: ${response.headers.get(name)}`);
  target.replaceChildren(verdict(response.status, body),
    make("pre", {}, `${response.status}\n${said.join("\n")}\n\n${body ? JSON.stringify(body, null, 2) : text}`));
};

const form = (call) => {
  const parameters = [...call.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const inputs = new Map(parameters.map((name) => [name, make("input", { size: 6, value: "1" })]));
  const body = call.has_body ? make("textarea", { spellcheck: false, "aria-label": "Body of " + call.path }) : undefined;
  const result = make("div", { className: "result" });
  const send = make("button", { className: "send", type: "button" }, "Send");
  send.addEventListener("click", async () => {
    let path = call.path;
    for (const [name, input] of inputs) path = path.replace(`{${name}}`, encodeURIComponent(input.value));
    const options = { method: call.method, headers: headers(body ? { "Content-Type": "application/json" } : {}) };
    if (body) options.body = body.value;
    if (call.replayable) options.headers.set("Idempotency-Key", Array.from(crypto.getRandomValues(new Uint8Array(16)),
      (byte) => byte.toString(16).padStart(2, "0")).join(""));
    send.disabled = true;
    try {
      await show(result, await fetch(path, options));
    } catch (error) {
      result.replaceChildren(make("div", { className: "verdict problem" }, String(error)));
    } finally {
      send.disabled = false;
    }
  });
  const buttons = make("div", { className: "buttons" }, send);
  if (body) {
    const fill = make("button", { className: "fill", type: "button" }, "Fill in the example");
    fill.addEventListener("click", async () => {
      try {
        const application = await loadExample();
        body.value = JSON.stringify(call.is_batch ? { applications: [application] } : application, null, 2);
      } catch (error) {
        result.replaceChildren(make("div", { className: "verdict problem" }, String(error)));
      }
    });
    buttons.prepend(fill);
  }
  const fields = [...inputs].map(([name, input]) => make("label", {}, name + " ", input));
  return make("div", { className: "form" }, ...fields, ...(body ? [body] : []), buttons, result);
};

const draw = async () => {
  const calls = await (await fetch("/docs/calls.json")).json();
  const main = document.getElementById("calls");
  for (const call of calls) {
    const line = make("summary", {}, make("span", { className: "method " + call.method }, call.method),
      make("span", { className: "path" }, call.path), make("span", {}, call.summary),
      make("span", { className: "scope" }, call.scope === "open" ? "open" : "scope " + call.scope));
    const entry = make("details", { id: call.method + call.path }, line, form(call));
    entry.open = call.path === "/v1/decisions";
    main.append(entry);
  }
};

// The form only holds the settings together; it is never sent.
document.getElementById("settings").addEventListener("submit", (event) => event.preventDefault());
draw();
