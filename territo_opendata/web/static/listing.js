// The repairs of one kind one by one, each with its own box, a page after the other.

import { make } from "./making.js";
import { words } from "./words.js";

const MANY = 100; // as many as the server gives at once
let last = 0;

export class Listing {
  #kind;
  #choice;
  #ask;
  #told;
  #body = make("tbody");
  #extent = make("p", { className: "soft" });
  #more = make("button", { type: "button", hidden: true }, words.more);
  #next = 0;

  constructor(kind, named, choice, ask, told) {
    this.#kind = kind;
    this.#choice = choice;
    this.#ask = ask;
    this.#told = told;
    this.#extent.setAttribute("role", "status");
    this.#more.addEventListener("click", () => this.#load({ start: this.#next }, true));
    const what = make("span", { className: "hidden" }, " (", ...named(kind), ")");
    const summary = make("summary", {}, words.oneByOne(kind), what);
    this.element = make("details", {}, summary);
    if (kind.total > MANY) this.element.append(this.#jump());
    this.element.append(this.#table(named), this.#extent, this.#more);
    this.element.addEventListener("toggle", () => {
      if (this.element.open && !this.#body.childElementCount) this.#load({});
    });
  }

  // Show the boxes as the choice is, after all of the kind were ticked or cleared.
  refresh() {
    for (const box of this.#body.querySelectorAll("input")) {
      box.checked = this.#choice.takes(JSON.parse(box.dataset.place));
    }
  }

  #table(named) {
    const texts = this.#kind.optional ? words.heads : words.heads.slice(1);
    const heads = texts.map((text) => make("th", { scope: "col" }, text));
    return make(
      "table",
      { className: "changes" },
      make("caption", { className: "hidden" }, ...named(this.#kind)),
      make("thead", {}, make("tr", {}, ...heads)),
      this.#body,
    );
  }

  #jump() {
    const id = `row-${++last}`;
    const field = make("input", { id, type: "text", inputMode: "numeric", size: 8 });
    const button = make("button", { type: "button" }, words.go);
    const go = () => this.#from(field.value.replace(/\s/g, ""));
    button.addEventListener("click", go);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // which would apply the choices
      go();
    });
    return make("p", { className: "jump" }, make("label", { htmlFor: id }, words.fromRow), field, button);
  }

  #from(row) {
    if (!/^\d*$/.test(row)) {
      this.#extent.textContent = words.noRow;
      return;
    }
    this.#load(row ? { row } : {}, true, true);
  }

  async #load(from, moves = false, anew = false) {
    this.#more.disabled = true;
    this.#extent.textContent = words.loading;
    try {
      const { changes, next } = await this.#ask(this.#kind, from);
      const rows = changes.map((each) => this.#row(each));
      if (anew) this.#body.replaceChildren(...rows);
      else this.#body.append(...rows);
      this.#next = next;
      this.#more.hidden = next === null;
      this.#extent.textContent = words.extent(this.#body.childElementCount, this.#kind);
      if (moves) rows[0]?.querySelector("input")?.focus();
    } catch (error) {
      this.#extent.textContent = error.message;
    }
    this.#more.disabled = false;
  }

  #row(change) {
    const box = make("input", { type: "checkbox", checked: this.#choice.takes(change.place) });
    box.dataset.place = JSON.stringify(change.place);
    box.setAttribute("aria-label", words.change(change));
    box.addEventListener("change", () => {
      this.#choice.take(change.place, box.checked);
      this.#told();
    });
    const cells = [change.row, change.column, change.before, change.after].map((text, place) => {
      const cell = make(place ? "td" : "th", place ? {} : { scope: "row" }, text);
      cell.dataset.label = words.heads[place + 1];
      return cell;
    });
    return make("tr", {}, ...(this.#kind.optional ? [make("td", {}, box)] : []), ...cells);
  }
}
