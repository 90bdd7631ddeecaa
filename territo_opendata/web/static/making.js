// Elements of the page; every text put into one stays a text, whatever a cell holds.

export function make(name, given = {}, ...children) {
  const element = Object.assign(document.createElement(name), given);
  element.append(...children);
  return element;
}
