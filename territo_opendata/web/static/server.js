// Requests to territo, on this machine; each rejects with a Refusal whose message can be shown.

import { words } from "./words.js";

const language = document.documentElement.lang;

export class Refusal extends Error {}

const address = (path, more = {}) =>
  `files${path}?${new URLSearchParams({ lang: language, ...more })}`;

async function ask(path, options = {}, more = {}) {
  let answer;
  try {
    answer = await fetch(address(path, more), options);
  } catch {
    throw new Refusal(words.lost);
  }
  if (answer.ok) return answer;
  throw new Refusal(failure(await answer.text()));
}

function failure(text) {
  try {
    return JSON.parse(text).failure;
  } catch {
    return text || words.lost;
  }
}

const post = (path, given) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given ?? {}),
  });

export const state = async (id) => (await ask(`/${id}`)).json();
export const fragment = async (id, which) => (await ask(`/${id}/${which}/fragment`)).text();
export const pickSheet = async (id, sheet) => (await post(`/${id}/sheet`, { sheet })).json();
export const check = (id, schema) => post(`/${id}/check`, { schema });
export const repair = (id, choices) => post(`/${id}/repair`, { choices });
export const changes = async (id, { code, field, safety }, from) =>
  (await ask(`/${id}/changes`, {}, { code, field, safety, ...from })).json();
export const stop = (id) => post(`/${id}/stop`);
export const forget = (id) => ask(`/${id}`, { method: "DELETE" });
export const reportAddress = (id, which) => address(`/${id}/${which}/report`);
export const downloadAddress = (id, form) => address(`/${id}/download/${form}`);

// The file is made when it is first asked for, which takes a while or fails with a reason to tell.
export async function prepare(id, form) {
  const answer = await ask(`/${id}/download/${form}`);
  await answer.body.cancel();
}

// XMLHttpRequest, for fetch does not tell how far an upload is.
export function send(file, tell, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(""));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.onprogress = (event) => tell(event.loaded / (event.total || 1));
    request.onload = () =>
      request.status === 201
        ? resolve(JSON.parse(request.responseText))
        : reject(new Refusal(failure(request.responseText)));
    request.onerror = () => reject(new Refusal(words.lost));
    request.onabort = () => reject(new Refusal(words.stopped));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
