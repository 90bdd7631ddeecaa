// Kinds of repairs as boxes to tick, each opened to its single repairs.

import { Listing } from "./listing.js";
import { make } from "./making.js";
import { words } from "./words.js";

let last = 0;

// One group of repairs: a box for them all, examples, and the list in which each has its own.
export class Group {
  #choice;
  #kind;
  #box;
  #count;
  #told;
  #listing;

  constructor(kind, choice, ask, told) {
    this.#kind = kind;
    this.#choice = choice;
    this.#told = told;
    const id = `kind-${++last}`;
    this.#box = make("input", { type: "checkbox", id, disabled: !kind.optional });
    this.#box.setAttribute("aria-describedby", `${id}-why`);
    this.#box.addEventListener("change", () => this.take(this.#box.checked));
    this.#count = make("span", { className: "times" });
    const label = make("label", { htmlFor: id }, ...named(kind), " ", this.#count);
    const why = make("p", { id: `${id}-why`, className: "soft" }, kind.reason);
    const head = kind.optional ? [this.#box, label] : [make("p", { className: "name" }, ...label.childNodes)];
    this.element = make("div", { className: "kind" }, ...head, why, examples(kind));
    if (kind.total > (kind.optional ? 1 : kind.examples.length)) {
      this.#listing = new Listing(kind, named, choice, ask, () => this.#tell());
      this.element.append(this.#listing.element);
    }
    this.#show();
  }

  take(wanted) {
    if (!this.#kind.optional) return;
    this.#choice.takeAll(wanted);
    this.#listing?.refresh();
    this.#tell();
  }

  #tell() {
    this.#show();
    this.#told();
  }

  #show() {
    const { taken, total } = this.#choice;
    this.#box.checked = taken > 0;
    this.#box.indeterminate = taken > 0 && taken < total;
    this.#count.textContent = words.counted(this.#kind, taken, total);
  }
}

// The names of columns are those of a French schema, in whatever language the page is.
export function named(kind) {
  return kind.column ? [`${kind.title} · `, make("span", { lang: "fr" }, kind.column)] : [kind.title];
}

function examples(kind) {
  const items = kind.examples.map((each) => make("li", {}, words.change(each)));
  return make("ul", { className: "examples" }, ...items);
}
