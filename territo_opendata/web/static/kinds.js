// Kinds of repairs as boxes to tick; every text is a text, whatever a cell holds.

import { words } from "./words.js";

let last = 0;

export function listed(kinds) {
  return kinds.map(box);
}

function box(kind) {
  const place = document.createElement("div");
  place.className = "kind";
  const input = document.createElement("input");
  Object.assign(input, { type: "checkbox", id: `kind-${++last}`, checked: kind.made });
  input.disabled = !kind.optional;
  input.dataset.kind = JSON.stringify([kind.code, kind.field]);
  const label = document.createElement("label");
  label.htmlFor = input.id;
  const column = kind.column ? ` · ${kind.column}` : "";
  label.textContent = `${kind.title}${column} (${kind.count})`;
  if (!kind.optional) label.textContent += ` — ${words.fixed}`;
  const examples = document.createElement("ul");
  for (const text of kind.examples) {
    const item = document.createElement("li");
    item.textContent = text;
    examples.append(item);
  }
  place.append(input, label, examples);
  return place;
}

// The kinds that are ticked, or those that are not, as [code, field].
export function chosen(form, ticked) {
  const boxes = [...form.querySelectorAll("[data-kind]")];
  return boxes.filter((each) => each.checked === ticked).map((each) => JSON.parse(each.dataset.kind));
}
