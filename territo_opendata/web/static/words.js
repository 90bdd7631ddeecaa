// What the page says by itself; what is found in a file is worded by the server.

const FRENCH = {
  sending: (name) => `Lecture de « ${name} »…`,
  stopped: "Arrêté.",
  tooLarge: (name, limit) =>
    `« ${name} » dépasse ${limit} Mo, la limite de cette page. Relancez « territo serve » avec --max-size pour la relever, ou vérifiez-le avec « territo validate ».`,
  lost: "territo ne répond plus. S’il a été arrêté, relancez « territo serve » et ouvrez la nouvelle adresse.",
  certain: (title) =>
    `D’après ses colonnes, le fichier suit le schéma « ${title} ». Confirmez, ou choisissez-en un autre.`,
  likely: (title, score) =>
    `Le schéma n’est pas certain. Le plus proche est « ${title} » (${score} % des colonnes) : choisissez.`,
  unknown: "Les colonnes ne ressemblent à aucun schéma connu : choisissez celui que le fichier doit suivre.",
  preparing: "Préparation du fichier à télécharger…",
  waiting: "En attente d’un autre travail…",
  checking: "Vérification",
  repairing: "Correction",
  so_far: (what, read, found) => `${what} : ${read} lues, ${found}.`,
  starting: (what) => `${what} : lecture du fichier…`,
  nothing: "Rien à corriger automatiquement : le fichier reste tel quel.",
  withheld:
    "Des corrections ont été laissées de côté : une fois faites, le fichier aurait eu plus d’erreurs.",
  mended: (total) => `Corrections faites : ${total}.`,
  before: (verdict) => `Avant correction — ${verdict}`,
  after: (verdict) => `Après correction — ${verdict}`,
  fixed: "mise en forme, toujours faite",
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
    `By its columns, the file follows the schema “${title}”. Confirm it, or choose another one.`,
  likely: (title, score) =>
    `The schema is not certain. The closest is “${title}” (${score}% of the columns): choose one.`,
  unknown: "The columns are like no known schema: choose the one that the file must follow.",
  preparing: "Preparing the file to download…",
  waiting: "Waiting for other work to end…",
  checking: "Checking",
  repairing: "Mending",
  so_far: (what, read, found) => `${what}: ${read} read, ${found}.`,
  starting: (what) => `${what}: reading the file…`,
  nothing: "Nothing to mend automatically: the file stays as it is.",
  withheld: "Some repairs were left out: once made, the file would have had more errors.",
  mended: (total) => `Repairs made: ${total}.`,
  before: (verdict) => `Before the repair — ${verdict}`,
  after: (verdict) => `After the repair — ${verdict}`,
  fixed: "layout, always made",
  reportBefore: "The report",
  reportAfter: "What is left, in the mended file",
};

export const words = document.documentElement.lang === "en" ? ENGLISH : FRENCH;
