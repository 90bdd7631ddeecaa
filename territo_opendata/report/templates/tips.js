// Escape hides what a cell says, until the person goes to another one (WCAG 2.1, 1.4.13).
(() => {
  const awake = ".bad:hover, .bad:focus";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const cell of document.querySelectorAll(`${awake}, .bad:has(+ .tip:hover)`)) {
      cell.classList.add("quiet");
    }
  });
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, () => {
      for (const cell of document.querySelectorAll(`.quiet:not(${awake})`)) {
        cell.classList.remove("quiet");
      }
    });
  }
})();
