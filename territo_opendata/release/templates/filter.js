
(() => {
  "use strict";
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replaceAll("œ", "oe").replaceAll("’", "'");
  if (location.protocol.startsWith("http"))
    for (const each of document.querySelectorAll("[data-address]"))
      each.textContent = new URL(".", location.href).href.replace(/\/$/, "");
  const field = document.getElementById("filtre");
  const count = document.getElementById("filtre-nombre");
  const entries = [...document.querySelectorAll("[data-words]")]
    .map((element) => ({ element, text: fold(`${element.textContent} ${element.dataset.words}`) }));
  const filter = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, text } of entries) {
      element.hidden = !words.every((word) => text.includes(word));
      shown += element.hidden ? 0 : 1;
    }
    count.textContent = words.length ? `${shown} sur ${entries.length}` : "";
  };
  document.getElementById("recherche").hidden = false;
  field.addEventListener("input", filter);
  filter();
})();
