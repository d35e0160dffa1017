/* French enough: sentences of everyday words, titles of what associations do, towns of Indre-et-Loire. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "data.h"

enum { VOCABULARY = 30000 };

uint64_t chance_next(struct chance *chance)
{
	uint64_t z = (chance->state += 0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

int chance_below(struct chance *chance, int n)
{
	return (int)(chance_next(chance) % (uint64_t)n);
}

int chance_zipf(struct chance *chance, int n)
{
	double even = (double)(chance_next(chance) >> 11) / 9007199254740992.0;
	int rank = (int)(exp(even * log((double)n + 1)) - 1);
	return MIN(rank, n - 1);
}

bool chance_of(struct chance *chance, int percent)
{
	return chance_below(chance, 100) < percent;
}

/* ---- Words ---- */

/* The most usual first. */
static const char *const usual[] = {
	"de",
	"la",
	"les",
	"et",
	"des",
	"le",
	"à",
	"en",
	"pour",
	"un",
	"une",
	"du",
	"avec",
	"dans",
	"sur",
	"au",
	"par",
	"nous",
	"qui",
	"aux",
	"est",
	"plus",
	"sont",
	"tous",
	"ou",
	"ce",
	"chaque",
	"leur",
	"ont",
	"notre",
	"quartier",
	"habitants",
	"atelier",
	"association",
	"accueil",
	"numérique",
	"jeunes",
	"familles",
	"projet",
	"rencontre",
	"centre",
	"enfants",
	"accompagnement",
	"échange",
	"culture",
	"emploi",
	"formation",
	"partage",
	"bénévoles",
	"ville",
	"soutien",
	"jardin",
	"santé",
	"solidarité",
	"sociale",
	"espace",
	"permanence",
	"aide",
	"entraide",
	"lecture",
	"musique",
	"théâtre",
	"cuisine",
	"couture",
	"réparation",
	"vélo",
	"mobilité",
	"logement",
	"droits",
	"écoute",
	"médiation",
	"ordinateur",
	"internet",
	"courriel",
	"initiation",
	"débutants",
	"adultes",
	"parents",
	"école",
	"collège",
	"lycée",
	"devoirs",
	"orientation",
	"recherche",
	"entretien",
	"stage",
	"métiers",
	"insertion",
	"chantier",
	"mémoire",
	"histoire",
	"patrimoine",
	"Loire",
	"Cher",
	"promenade",
	"fête",
	"repas",
	"marché",
	"récolte",
	"compost",
	"graines",
	"arbres",
	"nature",
	"énergie",
	"déchets",
	"recyclage",
	"ressourcerie",
	"vêtements",
	"jouets",
	"livres",
	"bibliothèque",
	"ludothèque",
	"jeux",
	"sport",
	"danse",
	"chant",
	"chorale",
	"peinture",
	"dessin",
	"photographie",
	"vidéo",
	"radio",
	"journal",
	"reportage",
	"portrait",
	"témoignage",
	"langue",
	"français",
	"alphabétisation",
	"démarches",
	"dossiers",
	"impôts",
	"allocations",
	"retraite",
	"handicap",
	"accessibilité",
	"aînés",
	"isolement",
	"visite",
	"transport",
	"covoiturage",
	"rue",
	"place",
	"marelle",
	"barbecue",
	"voisins",
	"immeuble",
	"bailleur",
	"locataires",
	"conseil",
	"citoyen",
	"débat",
	"assemblée",
	"vote",
	"budget",
	"participation",
	"coopération",
	"réseau",
	"partenaires",
	"mairie",
	"métropole",
	"département",
	"région",
	"caisse",
	"mission",
	"régie",
	"coopérative",
	"entreprise",
	"artisans",
	"commerçants",
	"café",
	"épicerie",
	"paniers",
	"producteurs",
	"légumes",
	"pain",
	"moulin",
	"vigne",
	"château",
	"musée",
	"cinéma",
	"festival",
	"concert",
	"exposition",
	"spectacle",
	"conte",
	"marionnettes",
	"cirque",
	"carnaval",
	"été",
	"hiver",
	"printemps",
	"automne",
	"matin",
	"soir",
	"mercredi",
	"samedi",
	"dimanche",
	"semaine",
	"mois",
	"année",
	"heure",
	"ouvert",
	"gratuit",
	"inscription",
	"adhésion",
	"prix",
	"libre",
	"places",
	"limitées",
	"reprise",
	"vacances",
	"première",
	"nouvelle",
	"prochaine",
	"ensemble",
	"chacun",
	"personne",
	"femmes",
	"hommes",
	"besoin",
	"envie",
	"idée",
	"savoir",
	"apprendre",
	"transmettre",
	"découvrir",
	"essayer",
	"réparer",
	"fabriquer",
	"cultiver",
	"imprimante",
	"logiciel",
	"tablette",
	"téléphone",
	"réseau",
	"mot de passe",
	"sauvegarde",
	"traitement",
	"carte",
	"agenda",
	"annuaire",
	"lettre",
	"questionnaire",
	"enquête",
	"bilan",
	"compte",
	"rapport",
	"réunion",
	"groupe",
};

static const char *const heads[] = { "ba", "cha", "cou", "dé", "fla", "fro", "gue", "jar", "lou", "mar",
	                             "mé", "nou", "par", "pé", "qui", "re",  "rou", "sa",  "tou", "va" };
static const char *const middles[] = { "bi", "cho", "di", "ga", "li", "mi", "na", "po",
	                               "ri", "ro",  "si", "ta", "tu", "vi", "zo" };
static const char *const tails[] = { "ble", "ce",   "chon", "dier",  "don", "ge",   "let", "lier", "mon",  "nage",
	                             "net", "quet", "ral",  "rette", "rie", "sant", "son", "teur", "tion", "ture" };

/* The word of a rank. */
static const char *word_of(int rank, struct arena *a)
{
	if (rank < (int)COUNT(usual)) return usual[rank];
	int n = rank - (int)COUNT(usual);
	const char *head = heads[n % COUNT(heads)], *tail = tails[n / COUNT(heads) % COUNT(tails)];
	int middle = n / (int)(COUNT(heads) * COUNT(tails));
	const char *first = middle ? middles[(middle - 1) % (int)COUNT(middles)] : "";
	const char *second = middle > (int)COUNT(middles)
	                             ? middles[(middle - 1) / (int)COUNT(middles) % (int)COUNT(middles)]
	                             : "";
	return arena_printf(a, "%s%s%s%s", head, first, second, tail);
}

const char *words_one(struct chance *chance, struct arena *a)
{
	return word_of(chance_zipf(chance, VOCABULARY), a);
}

/* A word that is not one of the small ones. */
static const char *telling(struct chance *chance, struct arena *a)
{
	enum { SMALL = 30 };
	return word_of(SMALL + chance_zipf(chance, VOCABULARY - SMALL), a);
}

const char *words_text(struct chance *chance, struct arena *a, int n)
{
	struct buf out;
	int left = 0;
	buf_init(&out, a, 0);
	for (int i = 0; i < n; i++) {
		const char *word = words_one(chance, a);
		if (left == 0) { /* a sentence begins */
			left = 6 + chance_below(chance, 14);
			if (i) buf_puts(&out, chance_of(chance, 20) ? ".\n\n" : ". ");
		} else {
			buf_puts(&out, chance_of(chance, 8) ? ", " : " ");
		}
		buf_puts(&out, word);
		left--;
	}
	buf_puts(&out, ".");
	return arena_strdup(a, buf_str(&out));
}

/* ---- Names ---- */

static const struct town towns[] = {
	{ "Tours", 473940000, 6880000, 46 },
	{ "Joué-lès-Tours", 473510000, 6640000, 12 },
	{ "Saint-Cyr-sur-Loire", 474020000, 6610000, 5 },
	{ "Saint-Pierre-des-Corps", 473890000, 7290000, 5 },
	{ "La Riche", 473890000, 6610000, 4 },
	{ "Saint-Avertin", 473670000, 7270000, 4 },
	{ "Chambray-lès-Tours", 473370000, 7040000, 3 },
	{ "Fondettes", 474040000, 5990000, 3 },
	{ "Amboise", 474110000, 9830000, 3 },
	{ "Montlouis-sur-Loire", 473890000, 8280000, 2 },
	{ "Chinon", 471670000, 2430000, 2 },
	{ "Loches", 471280000, 9960000, 2 },
	{ "Ballan-Miré", 473410000, 5560000, 1 },
	{ "Veigné", 472870000, 7350000, 1 },
	{ "Luynes", 473840000, 5550000, 1 },
	{ "Château-Renault", 475900000, 9070000, 1 },
	{ "Bléré", 473270000, 9920000, 1 },
	{ "Langeais", 473250000, 4060000, 1 },
	{ "Bourgueil", 472830000, 1680000, 1 },
	{ "Azay-le-Rideau", 472610000, 4650000, 1 },
	{ "Sainte-Maure-de-Touraine", 471120000, 6220000, 1 },
};

const struct town *words_town(struct chance *chance)
{
	int left = chance_below(chance, 100);
	for (size_t i = 0; i < COUNT(towns); i++)
		if ((left -= towns[i].weight) < 0) return &towns[i];
	return &towns[0];
}

static const char *const first_names[] = { "Aïcha",  "Alain", "Amel",   "Anne",   "Bruno",    "Camille", "Chantal",
	                                   "Claude", "Denis", "Émilie", "Fatou",  "François", "Gilles",  "Hélène",
	                                   "Idriss", "Inès",  "Jean",   "Karim",  "Léa",      "Louise",  "Malik",
	                                   "Manon",  "Marie", "Michel", "Nadia",  "Noël",     "Odile",   "Paul",
	                                   "Rachid", "Rose",  "Samuel", "Sylvie", "Thierry",  "Yann",    "Zoé" };
static const char *const last_names[] = { "Bernard",  "Blanchard", "Bouvier",  "Chauvin", "Colin",    "Da Silva",
	                                  "Delaunay", "Diallo",    "Dubois",   "Dupré",   "Fournier", "Gauthier",
	                                  "Girard",   "Guérin",    "Hamidi",   "Huet",    "Lambert",  "Leroux",
	                                  "Marchand", "Martin",    "Mercier",  "Moreau",  "Nguyen",   "Petit",
	                                  "Renard",   "Roux",      "Rousseau", "Simon",   "Traoré",   "Vasseur" };

const char *words_person(struct chance *chance, struct arena *a)
{
	return arena_printf(a, "%s %s", first_names[chance_below(chance, COUNT(first_names))],
	                    last_names[chance_below(chance, COUNT(last_names))]);
}

/* How records of a form begin. */
static const struct opening {
	const char *form;
	const char *begins[8];
} openings[] = {
	{ "structure",
	  { "Association", "Centre social", "Maison", "Collectif", "Régie", "Amicale", "Comité", "Club" } },
	{ "espace",
	  { "Espace numérique", "EPN", "Cyber-espace", "Point d’accès", "Atelier informatique", "Médiathèque", "Salle",
	    "Relais" } },
	{ "action", { "Atelier", "Rencontre", "Fête", "Sortie", "Débat", "Repas partagé", "Journée", "Réunion" } },
	{ "page",
	  { "Comment faire", "Compte rendu", "Guide", "Mémoire", "Mode d’emploi", "Questions sur", "Bilan", "Notes" } },
	{ "projet", { "Projet", "Jardin", "Café", "Chantier", "Réseau", "Coopérative", "Carte", "Festival" } },
	{ "quartier", { "Quartier", "Les Hauts", "Le Bas", "Cité", "Faubourg", "Bords", "Rive", "Îlot" } },
	{ "outil", { "Outil", "Logiciel", "Service", "Plateforme", "Appareil", "Méthode", "Carnet", "Boîte" } },
	{ "portrait",
	  { "Portrait", "Rencontre avec", "La vie", "Parole", "Une heure avec", "Le métier", "Histoire", "Visite" } },
	{ "glossaire", { "Le mot", "Sigle", "Terme", "Notion", "Le verbe", "Expression", "Le nom", "Dit-on" } },
};

const char *words_title(struct chance *chance, struct arena *a, const char *form)
{
	const char *begin = "Fiche";
	if (strcmp(form, "personne_ressource") == 0)
		return arena_printf(a, "%s %s", words_person(chance, a), telling(chance, a));
	for (size_t i = 0; i < COUNT(openings); i++)
		if (strcmp(openings[i].form, form) == 0)
			begin = openings[i].begins[chance_below(chance, COUNT(openings[i].begins))];
	const char *what = telling(chance, a), *more = telling(chance, a);
	switch (chance_below(chance, 4)) {
	case 0: return arena_printf(a, "%s %s et %s", begin, what, more);
	case 1: return arena_printf(a, "%s %s %s à %s", begin, what, more, words_town(chance)->name);
	case 2: return arena_printf(a, "%s %s, %s %d", begin, what, more, 2016 + chance_below(chance, 10));
	default: return arena_printf(a, "%s « %s %s »", begin, what, more);
	}
}
