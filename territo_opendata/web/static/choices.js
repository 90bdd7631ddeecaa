// What the person wants of each kind of repairs: all or none of them, but for some places.

export class Choice {
  constructor(kind) {
    this.kind = kind;
    this.total = kind.total;
    this.wanted = kind.safety === "safe";
    this.but = new Set();
  }

  get taken() {
    return this.wanted ? this.total - this.but.size : this.but.size;
  }

  takes(place) {
    return this.wanted !== this.but.has(JSON.stringify(place));
  }

  takeAll(wanted) {
    this.wanted = wanted;
    this.but.clear();
  }

  take(place, wanted) {
    const key = JSON.stringify(place);
    if (wanted === this.wanted) this.but.delete(key);
    else this.but.add(key);
    if (this.but.size === this.total) this.takeAll(!this.wanted);
  }

  same(other) {
    return (
      this.wanted === other.wanted &&
      this.but.size === other.but.size &&
      [...this.but].every((each) => other.but.has(each))
    );
  }

  copy() {
    const copied = new Choice(this.kind);
    copied.wanted = this.wanted;
    copied.but = new Set(this.but);
    return copied;
  }
}

// The choices on one file; those that its repair follows are kept to compare.
export class Choices {
  #made = new Map();
  #now = new Map();

  of(kind) {
    const key = JSON.stringify([kind.code, kind.field, kind.safety]);
    if (!this.#now.has(key)) {
      this.#now.set(key, new Choice(kind));
      this.#made.set(key, new Choice(kind));
    }
    const choice = this.#now.get(key);
    choice.total = kind.total;
    return choice;
  }

  get changed() {
    return [...this.#now].some(([key, choice]) => !choice.same(this.#made.get(key)));
  }

  apply() {
    this.#made = new Map([...this.#now].map(([key, choice]) => [key, choice.copy()]));
    return [...this.#now.values()].map(({ kind, wanted, but }) => ({
      code: kind.code,
      field: kind.field,
      safety: kind.safety,
      wanted,
      but: [...but].map((place) => JSON.parse(place)),
    }));
  }
}
