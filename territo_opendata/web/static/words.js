// What the page says by itself; what is found in a file is worded by the server.

const figure = (number) => number.toLocaleString(document.documentElement.lang);
const sides = (before, after) => (before ? `${before} → ${after}` : after);

const FRENCH = {
  sending: (name) => `Lecture de « ${name} »…`,
  stopped: "Arrêté.",
  tooLarge: (name, limit) =>
    `« ${name} » dépasse ${limit} Mo, la limite de cette page. Relancez « territo serve » avec --max-size pour la relever, ou vérifiez-le avec « territo validate ».`,
  lost: "territo ne répond plus. S’il a été arrêté, relancez « territo serve » et ouvrez la nouvelle adresse.",
  certain: (title) => [
    "D’après ses colonnes, le fichier suit le schéma « ",
    title,
    " ». Confirmez ou changez de schéma, puis vérifiez.",
  ],
  likely: (title, score) => [
    "Le schéma n’est pas certain. Le plus proche est « ",
    title,
    ` » (${score} % des colonnes) : choisissez.`,
  ],
  unknown: ["Les colonnes ne ressemblent à aucun schéma connu : choisissez celui que le fichier doit suivre."],
  preparing: "Préparation du fichier à télécharger…",
  waiting: "En attente d’un autre travail…",
  checking: "Vérification",
  repairing: "Correction",
  so_far: (what, read, found) => `${what} : ${read} lues, ${found}.`,
  starting: (what) => `${what} : lecture du fichier…`,
  laying: (read) => `Lecture du classeur : ${read} lues…`,
  nothing: "Rien à corriger automatiquement : le fichier reste tel quel.",
  withheld:
    "Des corrections ont été laissées de côté : une fois faites, le fichier aurait eu plus d’erreurs.",
  mended: (total) => `Corrections faites : ${total}.`,
  before: (verdict) => `Avant correction — ${verdict}`,
  after: (verdict) => `Après correction — ${verdict}`,
  counted: ({ count }, taken, total) =>
    taken > 0 && taken < total ? `(${count}, dont ${figure(taken)} à faire)` : `(${count})`,
  change: ({ row, column, before, after }) =>
    `${row ? `ligne ${row}` : "tout le fichier"}${column ? `, colonne ${column}` : ""} : ${sides(before, after)}`,
  oneByOne: ({ optional }) => (optional ? "Voir et choisir une par une" : "Voir une par une"),
  heads: ["Faire", "Ligne", "Colonne", "Avant", "Après"],
  fromRow: "À partir de la ligne",
  go: "Aller",
  noRow: "Écrivez un numéro de ligne.",
  more: "Montrer les 100 suivantes",
  loading: "Lecture…",
  extent: (shown, { total }) =>
    shown < total
      ? `${figure(shown)} montrées sur ${figure(total)}. Les autres suivent la case du groupe, plus haut.`
      : "",
  pending: "Vos choix ont changé. Appliquez-les avant de télécharger le fichier.",
  forms: { csv: "CSV", excel: "CSV pour Excel", xlsx: "XLSX" },
  keep: (form) => `Télécharger le fichier corrigé (${form})`,
  also: (form) => `Le même en ${form}`,
  reportBefore: "Le rapport",
  reportAfter: "Ce qui reste, dans le fichier corrigé",
};

const ENGLISH = {
  sending: (name) => `Reading “${name}”…`,
  stopped: "Stopped.",
  tooLarge: (name, limit) =>
    `“${name}” exceeds ${limit} MB, the limit of this page. Start “territo serve” again with --max-size to raise it, or check the file with “territo validate”.`,
  lost: "territo does not answer any more. If it was stopped, start “territo serve” again and open the new address.",
  certain: (title) =>
    ["By its columns, the file follows the schema “", title, "”. Confirm it or choose another one, then check."],
  likely: (title, score) =>
    ["The schema is not certain. The closest is “", title, `” (${score}% of the columns): choose one.`],
  unknown: ["The columns are like no known schema: choose the one that the file must follow."],
  preparing: "Preparing the file to download…",
  waiting: "Waiting for other work to end…",
  checking: "Checking",
  repairing: "Mending",
  so_far: (what, read, found) => `${what}: ${read} read, ${found}.`,
  starting: (what) => `${what}: reading the file…`,
  laying: (read) => `Reading the workbook: ${read} read…`,
  nothing: "Nothing to mend automatically: the file stays as it is.",
  withheld: "Some repairs were left out: once made, the file would have had more errors.",
  mended: (total) => `Repairs made: ${total}.`,
  before: (verdict) => `Before the repair — ${verdict}`,
  after: (verdict) => `After the repair — ${verdict}`,
  counted: ({ count }, taken, total) =>
    taken > 0 && taken < total ? `(${count}, ${figure(taken)} of them to be made)` : `(${count})`,
  change: ({ row, column, before, after }) =>
    `${row ? `row ${row}` : "the whole file"}${column ? `, column ${column}` : ""}: ${sides(before, after)}`,
  oneByOne: ({ optional }) => (optional ? "See and choose one by one" : "See one by one"),
  heads: ["Make", "Row", "Column", "Before", "After"],
  fromRow: "From row",
  go: "Go",
  noRow: "Write the number of a row.",
  more: "Show the next 100",
  loading: "Reading…",
  extent: (shown, { total }) =>
    shown < total
      ? `${figure(shown)} shown of ${figure(total)}. The others follow the box of the group, above.`
      : "",
  pending: "Your choices have changed. Apply them before you download the file.",
  forms: { csv: "CSV", excel: "CSV for French Excel", xlsx: "XLSX" },
  keep: (form) => `Download the mended file (${form})`,
  also: (form) => `The same as ${form}`,
  reportBefore: "The report",
  reportAfter: "What is left, in the mended file",
};

export const words = document.documentElement.lang === "en" ? ENGLISH : FRENCH;
