// node tools/answers/make.mjs > presets/agora-de-quartier/demo/diagnostic.json
// Invented answers to the questionnaire "diagnostic": 60 of the 75 structures that were asked, the same each time. What the
// figures of 2013 say is kept exactly (figures.csv: 1 to 5 workstations 50 %, 6 to 10 15 %, 11 or more 35 %); everything else is
// made up, with a few links between questions so that there is something to find.
const N = 60;
let seed = 2013;
const chance = () => (seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32;
const below = (n) => Math.floor(chance() * n);
const pick = (weights) => {
	let left = chance() * Object.values(weights).reduce((a, b) => a + b);
	return Object.keys(weights).find((key) => (left -= weights[key]) < 0) ?? Object.keys(weights)[0];
};
const some = (shares) => Object.keys(shares).filter((key) => chance() < shares[key]);
const shuffled = (list) => list.map((x) => [chance(), x]).sort((a, b) => a[0] - b[0]).map((x) => x[1]);

const equipment = shuffled([...Array(N * 0.5).fill("de_1_a_5"), ...Array(N * 0.15).fill("de_6_a_10"), ...Array(N * 0.35).fill("onze_et_plus")]);
const examples = [
	"Un agenda commun avec le centre social et la régie de quartier.", "Une liste de discussion entre les espaces numériques.",
	"La carte des lieux ouverts, tenue à plusieurs.", "Un document écrit ensemble pendant les réunions.",
	"Des ateliers de réparation d’ordinateurs avec les habitants.", "",
];
const words = [
	"Il manque du temps pour se former.", "Les ordinateurs sont vieux et le débit est faible.", "Nous aimerions des rencontres entre structures.",
	"Le temps manque, et les personnes aussi.", "Une formation courte, près de chez nous, aiderait.", "", "", "",
];

const answers = equipment.map((postes) => {
	const big = postes === "onze_et_plus";
	const type = pick(big ? { implantee: 3, thematique: 6, nomade: 1 } : { implantee: 6, thematique: 2, nomade: 3 });
	const open = chance() < (big ? 0.75 : 0.35);
	const outils = some({ ecrire: big ? 0.6 : 0.25, echanger: 0.7, date_vote: 0.3, reunion: 0.25, documenter: big ? 0.4 : 0.15, lettre: 0.35, reseaux: 0.5, site: big ? 0.8 : 0.4, carte: 0.1, bureau: 0.8 });
	const values = {
		type, postes, domaines: some({ education: 0.35, emploi: 0.25, lien_social: 0.6, culture: 0.3, droits: 0.15, numerique: big ? 0.5 : 0.2, solidarite: 0.2 }),
		salaries: String(big ? 6 + below(30) : below(8)),
		maintenance: pick(big ? { benevole: 1, salariee: 5, externalisee: 4 } : { benevole: 6, salariee: 2, externalisee: 2 }),
		public: open, ...(open ? { heures: String(4 + below(big ? 32 : 14)) } : {}),
		outils, ...(outils.length ? { frequence: pick({ jamais: 1, annee: 3, mois: 4, semaine: big ? 4 : 1, nsp: 1 }) } : {}),
		faire_connaitre: some({ bouche_a_oreille: 0.85, affiche: 0.6, courriel: 0.55, presse: 0.3, site: big ? 0.7 : 0.3, reseaux_sociaux: 0.4, evenements: 0.45 }),
		obstacles: some({ directions: 0.25, cloisonnement: 0.45, financement: 0.6, horaires: 0.2, debit: big ? 0.15 : 0.4 }),
		freins: some({ mefiance: 0.3, temps: 0.7, specialistes: big ? 0.2 : 0.5, surcharge: 0.35, exposition: 0.15 }),
		facilitants: some({ essayer_ensemble: 0.5, echange_pratiques: 0.45, collegue: 0.4, accompagnement: 0.5, rencontres: 0.35 }),
		besoins: some({ formation: big ? 0.45 : 0.7, accompagnement: 0.5, moyens: 0.4, lieux_temps: 0.35, animateur: 0.25 }),
		exemple: examples[below(examples.length)], mot: words[below(words.length)],
	};
	for (const key of Object.keys(values)) if (values[key] === "" || (Array.isArray(values[key]) && !values[key].length)) delete values[key];
	return { channel: pick({ web: 5, phone: 3, paper: 1, visit: 2 }), values };
});

const note = {
	fr: "Réponses inventées pour la démonstration\u00a0: 60 des 75 structures visées par l’enquête de 2013. Seule la part de chaque équipement (50, 15 et 35\u202f%) vient de cette enquête.",
	en: "Invented for the demonstration: 60 of the 75 organisations that the survey of 2013 was for. Only the shares of each equipment (50, 15 and 35 %) come from that survey.",
};
console.log(`{"form": "diagnostic", "results": ${JSON.stringify({ public: true, population: 75, note })}, "answers": [\n${answers.map((a) => JSON.stringify(a)).join(",\n")}\n]}`);
