# The figures that paired_test.c compares with: R's own, over tables that R is delivered with, published ones and random ones.
# Recorded by hand, since the tests need no R:
#
#	Rscript tests/unit/statistics/paired.R > tests/unit/statistics/paired.txt
#
# A line is a name, then numbers; those of "pair" and "square" are what the next line is made of.
options(digits = 17)
say <- function(name, ...) cat(name, format(c(...), digits = 17, scientific = TRUE, trim = TRUE), "\n")
cat("#", R.version.string, "\n")

pair <- function(name, before, after) {
	d <- after - before
	t <- t.test(after, before, paired = TRUE)
	w <- suppressWarnings(wilcox.test(after, before, paired = TRUE))
	say("before", before); say("after", after)
	say("paired", mean(before), mean(after), mean(d), sd(d), t$conf.int, unname(t$statistic), t$p.value,
		unname(w$statistic), w$p.value, sum(d > 0), sum(d < 0), sum(d == 0))
}
pair("sleep", sleep$extra[sleep$group == 1], sleep$extra[sleep$group == 2])                 # a tie and a zero
# Hollander & Wolfe (1973), page 29: the example of R's own page on wilcox.test; exact
pair("depression", c(1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30), c(0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29))
pair("women", as.numeric(women$height), as.numeric(women$weight))                           # all rise
pair("anscombe", anscombe$x1, anscombe$y1)
pair("attitude", attitude$rating, attitude$complaints)
set.seed(75)
pair("scale", sample(1:5, 40, TRUE), sample(2:5, 40, TRUE))                                  # many ties
pair("exact49", rnorm(49), rnorm(49, 0.3))
pair("normal50", rnorm(50), rnorm(50, 0.3))
pair("great", 1e6 + rnorm(120), 1e6 + rnorm(120, 0.2))

square <- function(m) {
	say("square", nrow(m), t(m))
	b <- m[upper.tri(m)]; c <- t(m)[upper.tri(m)]
	one <- which(b + c > 0)                                                                   # between two choices alone: as of two
	if (length(one) == 1 && b[one] + c[one] < 25) say("exact", binom.test(b[one], b[one] + c[one])$p.value)
	else if (all(b + c > 0)) { x <- mcnemar.test(m); say("symmetry", unname(x$statistic), unname(x$parameter), x$p.value) }
	else { k <- b + c > 0; s <- sum(((b - c)^2 / (b + c))[k]); say("symmetry", s, sum(k), pchisq(s, sum(k), lower.tail = FALSE)) }
}
# Agresti (1990), page 350: approval of the president in two surveys of the same persons; the example of R's page
square(matrix(c(794, 86, 150, 570), 2))
square(matrix(c(12, 3, 11, 9), 2))
square(matrix(c(12, 12, 13, 9), 2))
square(matrix(c(12, 5, 5, 9), 2))
square(matrix(c(30, 20, 20, 9), 2))
# Stuart (1953): unaided vision of the right and the left eye of 7477 women
square(matrix(c(1520, 266, 124, 66, 234, 1512, 432, 78, 117, 362, 1772, 205, 36, 82, 179, 492), 4, byrow = TRUE))
square(matrix(c(5, 0, 3, 0, 6, 2, 1, 0, 4), 3))
for (k in 3:6) square(matrix(rpois(k * k, 9) + 1, k))
square(matrix(c(5, 0, 4, 0, 6, 0, 1, 0, 4), 3))
