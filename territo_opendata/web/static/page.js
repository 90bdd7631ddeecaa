// The page: a file is dropped, a schema chosen, the report read, repairs accepted, files kept.

import * as server from "./server.js";
import { Choices } from "./choices.js";
import { Group } from "./kinds.js";
import { make } from "./making.js";
import { words } from "./words.js";

const at = (id) => document.getElementById(id);
const PACE = 400;
const PACE_SPOKEN = 5000;

let work = null; // the id of the file on the server
let stopSending = null;
let shown = -1; // the version of the work that is on the page
let spoken = 0;
let choices = new Choices(); // what is wanted of the repairs of this file
let groups = { unsafe: [], safe: [], layout: [] };

const show = (id, visible) => {
  at(id).hidden = !visible;
};

function speak(text) {
  at("live").textContent = text;
}

function fail(error) {
  show("progress-step", false);
  at("failure").textContent = error.message;
  if (!(error instanceof server.Refusal)) throw error;
}

// Lead to a title, for the eyes and for the keyboard.
function leadTo(id) {
  at(id).scrollIntoView({ block: "start" });
  at(id).focus({ preventScroll: true });
}

// What a person asks for: a failure of the one before is no longer of interest.
function begin() {
  at("failure").textContent = "";
  shown = -1;
  spoken = Date.now();
}

function tellProgress(text, share) {
  show("progress-step", true);
  at("progress-text").textContent = text;
  if (share === null) at("bar").removeAttribute("value");
  else at("bar").value = share;
}

async function take(file) {
  stopSending?.abort();
  begin();
  for (const id of ["schema-step", "result-step"]) show(id, false);
  const limit = Number(at("file").dataset.limit);
  const text = words.sending(file.name);
  try {
    if (file.size > limit) throw new server.Refusal(words.tooLarge(file.name, limit / 1e6));
    if (work) await server.forget(work).catch(() => {});
    work = null;
    stopSending = new AbortController();
    tellProgress(text, 0);
    speak(text);
    let arrived = await server.send(file, (share) => tellProgress(text, share), stopSending.signal);
    work = arrived.id;
    // What is selected is what will be read, before anybody has touched the list.
    if (arrived.sheets.length > 1) arrived = await server.pickSheet(work, arrived.sheets[0]);
    show("progress-step", false);
    offerSheets(arrived.sheets);
    offerSchemas(arrived);
    show("schema-step", true);
    leadTo("schema-title");
  } catch (error) {
    fail(error);
  } finally {
    stopSending = null;
  }
}

function offerSheets(sheets) {
  show("sheet-field", sheets.length > 1);
  at("sheet").replaceChildren(...sheets.map((name) => new Option(name, name)));
}

function offerSchemas({ certain, fitting }) {
  const title = (name) => at("schema").querySelector(`option[value="${CSS.escape(name)}"]`).dataset.title;
  at("schema").value = certain ?? "";
  const best = fitting[0];
  let said = words.unknown;
  if (certain) said = words.certain(title(certain));
  else if (best) said = words.likely(title(best.name), best.score);
  const [before, name, after] = said;
  at("schema-why").replaceChildren(before, ...(name ? [make("span", { lang: "fr" }, name), after] : []));
}

async function follow() {
  const id = work;
  let state;
  do {
    state = await server.state(id);
    if (id !== work) return;
    tell(state);
    await display(id, state);
    if (state.busy) await new Promise((resolve) => setTimeout(resolve, PACE));
  } while (state.busy && id === work);
}

function tell(state) {
  if (!state.busy) {
    show("progress-step", false);
    if (state.state === "stopped") speak(words.stopped);
    return;
  }
  const what = state.state === "repairing" ? words.repairing : words.checking;
  let text = words.starting(what);
  if (state.laid) text = words.laying(state.laid);
  if (state.started) text = words.so_far(what, state.read, state.found);
  if (state.state === "waiting") text = words.waiting;
  tellProgress(text, state.share);
  if (Date.now() - spoken > PACE_SPOKEN) {
    spoken = Date.now();
    speak(text);
  }
}

async function display(id, state) {
  if (state.version === shown) return;
  shown = state.version;
  at("failure").textContent = state.failure;
  if (state.state === "stopped") at("failure").textContent = words.stopped;
  show("result-step", state.report);
  if (!state.report) return;
  const verdict = at("verdict");
  verdict.className = `verdict ${state.kind}`;
  verdict.textContent = state.repair ? words.before(state.verdict) : state.verdict;
  show("after-check", !state.preview && !state.busy);
  showRepair(id, state.repair);
  if (!state.busy || state.preview) await showReport(id, state.repair ? "repaired" : "original");
  if (!state.busy) speak(state.repair ? words.after(state.repair.verdict) : state.verdict);
}

async function showReport(id, which) {
  at("original-report").href = server.reportAddress(id, "original");
  const page = new DOMParser().parseFromString(await server.fragment(id, which), "text/html");
  const link = at("report").contains(document.activeElement) && document.activeElement.hash;
  at("report").replaceChildren(...page.body.childNodes);
  if (link) at("report").querySelector(`a[href="${CSS.escape(link)}"]`)?.focus();
  at("report-title").textContent = which === "repaired" ? words.reportAfter : words.reportBefore;
}

function showRepair(id, made) {
  show("repair-step", made !== null);
  show("repair", made === null);
  if (made === null) return;
  const said = made.changed ? words.mended(made.total) : words.nothing;
  at("repair-said").textContent = made.withheld ? `${said} ${words.withheld}` : said;
  const ask = (kind, from) => server.changes(id, kind, from);
  groups = { unsafe: [], safe: [], layout: [] };
  for (const kind of made.kinds) {
    groups[kind.optional ? kind.safety : "layout"].push(new Group(kind, choices.of(kind), ask, tellChoices));
  }
  for (const [set, members] of Object.entries(groups)) {
    at(set).replaceChildren(...members.map((each) => each.element));
    show(`${set}-set`, members.length > 0);
  }
  tellChoices();
  offerForms(id, made.form);
  at("repaired-report").href = server.reportAddress(id, "repaired");
  show("rest", made.kind !== "valid");
  at("repaired-verdict").className = `verdict ${made.kind}`;
  at("repaired-verdict").textContent = words.after(made.verdict);
}

// The file made before is not that of the choices any more: it is not offered as if it were.
function tellChoices() {
  const { changed } = choices;
  show("again", changed);
  show("pending", changed);
  show("kept", !changed);
  const text = changed ? words.pending : "";
  if (at("pending").textContent === text) return;
  at("pending").textContent = text;
  if (changed) speak(text);
}

function offerForms(id, first) {
  for (const link of document.querySelectorAll("[data-form]")) {
    const { form } = link.dataset;
    link.href = server.downloadAddress(id, form);
    delete link.dataset.ready;
    if (!(form in words.forms)) continue;
    const isFirst = form === first;
    link.textContent = isFirst ? words.keep(words.forms[form]) : words.also(words.forms[form]);
    link.className = isFirst ? "main" : "";
    if (isFirst) at("forms").prepend(link.parentElement);
  }
}

async function run(ask, title) {
  begin();
  try {
    await ask();
    await follow();
    if (!at(title).closest("[hidden]")) leadTo(title);
  } catch (error) {
    fail(error);
  }
}

async function keep(link) {
  at("failure").textContent = "";
  tellProgress(words.preparing, null);
  speak(words.preparing);
  try {
    await server.prepare(work, link.dataset.form);
    show("progress-step", false);
    link.dataset.ready = "yes";
    link.click();
  } catch (error) {
    fail(error);
  }
}

const startCheck = () => {
  show("result-step", false);
  choices = new Choices();
  return run(() => server.check(work, at("schema").value), "result-title");
};
const startRepair = () => run(() => server.repair(work, choices.apply()), "repair-title");

const takeChosen = () => {
  const [file] = at("file").files;
  if (file) take(file);
};

at("file").addEventListener("change", takeChosen);
at("choice").addEventListener("submit", (event) => {
  event.preventDefault();
  startCheck();
});
at("sheet").addEventListener("change", async (event) => {
  try {
    offerSchemas(await server.pickSheet(work, event.target.value));
  } catch (error) {
    fail(error);
  }
});
at("stop").addEventListener("click", () => {
  if (stopSending) stopSending.abort();
  else if (work) server.stop(work).catch(fail);
});
at("repair").addEventListener("click", startRepair);
at("all").addEventListener("click", () => {
  for (const group of groups.unsafe) group.take(true);
});
at("choices").addEventListener("submit", (event) => {
  event.preventDefault();
  startRepair();
});

for (const link of document.querySelectorAll("[data-form]")) {
  link.addEventListener("click", (event) => {
    if (link.dataset.ready) return;
    event.preventDefault();
    keep(link);
  });
}

// A file dropped beside the zone must not take the place of the page.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => event.preventDefault());
}
document.addEventListener("dragover", () => at("zone").classList.add("over"));
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) at("zone").classList.remove("over");
});
document.addEventListener("drop", (event) => {
  at("zone").classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  at("file").files = event.dataTransfer.files;
  take(event.dataTransfer.files[0]);
});

// A file may have been chosen while this script was still on its way.
takeChosen();
