/*
 * How much several people who sorted the same things agree, beyond what chance would make. Things are sorted into
 * categories numbered from 0 without an order; who did not sort one has AGREEMENT_MISSING there.
 */
#ifndef PARVIS_AGREEMENT_H
#define PARVIS_AGREEMENT_H

enum { AGREEMENT_MISSING = -1, AGREEMENT_CATEGORIES = 64 };

struct agreement {
	int units;      /* sorted by two at least */
	int pairs;      /* pairs of judgements compared */
	double percent; /* of those pairs that are the same, 0 to 1; NaN: none */
	/*
	 * Of two people, on what both sorted: J. Cohen, "A coefficient of agreement for nominal scales", Educational and
	 * Psychological Measurement 20, 1960. NaN with more people, and where both put everything into one category.
	 */
	double kappa;
	/*
	 * Of any number of people, some things unsorted by some: K. Krippendorff, "Computing Krippendorff's alpha-reliability",
	 * 2011, nominal metric. NaN where all that was sorted is of one category: nothing varies, so nothing is measured.
	 */
	double alpha;
};

/* values[person * units + unit]: AGREEMENT_MISSING, or 0 to AGREEMENT_CATEGORIES - 1. */
void agreement_of(const int *values, int people, int units, struct agreement *ret);

#endif
