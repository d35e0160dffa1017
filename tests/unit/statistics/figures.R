# The figures that figures_test.c compares with: R's own, over tables that R is delivered with (the names of the
# package "datasets") and over random ones. Recorded by hand, since the tests need no R:
#
#	Rscript tests/unit/statistics/figures.R > tests/unit/statistics/figures.txt
#
# A line is a name, then numbers.
options(digits = 17)
say <- function(name, ...) cat(name, format(c(...), digits = 17, scientific = TRUE, trim = TRUE), "\n")
cat("#", R.version.string, "\n")

# Chi-squared, the greatest and the least of its law
for (df in c(1, 2, 3, 9, 40, 499, 9801))
	for (x in df * c(0.01, 0.5, 0.9, 1, 1.1, 2, 5, 20))
		say("chi2", x, df, pchisq(x, df, lower.tail = FALSE))
say("chi2", 3.841458820694124, 1, pchisq(3.841458820694124, 1, lower.tail = FALSE))
say("chi2", 1300, 1, pchisq(1300, 1, lower.tail = FALSE))
for (df in c(1, 2, 3, 4.5, 10, 30, 74, 9999)) for (p in c(0.5, 0.1, 0.05, 0.01, 0.0001))
	say("student", p, df, qt(1 - p / 2, df))

# Tables: rows, columns, counts row by row; then what is made of them
cramer <- function(m) { x <- suppressWarnings(chisq.test(m, correct = FALSE)); sqrt(unname(x$statistic) / sum(m) / (min(dim(m)) - 1)) }
bergsma <- function(m) {
	n <- sum(m); r <- nrow(m); k <- ncol(m)
	phi2 <- unname(suppressWarnings(chisq.test(m, correct = FALSE))$statistic) / n
	sqrt(max(0, phi2 - (r - 1) * (k - 1) / (n - 1)) / min(r - (r - 1)^2 / (n - 1) - 1, k - (k - 1)^2 / (n - 1) - 1))
}
table_of <- function(name, m) {
	m <- unclass(as.matrix(m)); dimnames(m) <- NULL
	x <- suppressWarnings(chisq.test(m, correct = FALSE))
	say(paste0("table ", name), nrow(m), ncol(m), t(m))
	say("expected", t(x$expected))
	say("residuals", t(x$stdres))
	say("test", unname(x$statistic), unname(x$parameter), x$p.value, cramer(m), bergsma(m), min(x$expected), sum(x$expected < 5))
	if (all(dim(m) == 2)) say("exact", fisher.test(m)$p.value)
}
table_of("HairEyeColor", margin.table(HairEyeColor, c(1, 2)))
table_of("Titanic-class", margin.table(Titanic, c(1, 4)))
table_of("Titanic-sex", margin.table(Titanic, c(2, 4)))
table_of("UCBAdmissions", margin.table(UCBAdmissions, c(1, 2)))
table_of("UCBAdmissions-A", UCBAdmissions[, , 1])
table_of("occupationalStatus", occupationalStatus)
table_of("tea", matrix(c(3, 1, 1, 3), 2))
table_of("few", matrix(c(10, 2, 3, 15), 2))
table_of("esoph", xtabs(ncases ~ agegp + alcgp, esoph)[-1, ])
set.seed(75)
for (i in 1:10) table_of(paste0("random", i), matrix(rpois(sample(2:6, 1) * 4, 12) + 1, ncol = 4))

# Numbers
numbers_of <- function(name, x) {
	say(paste0("numbers ", name), ifelse(is.na(x), -1e9, x))
	y <- x[!is.na(x)]
	say("summary", length(y), sum(is.na(x)), mean(y), median(y), sd(y), min(y), max(y), quantile(y, c(0.25, 0.75), type = 7, names = FALSE))
	say("mean-interval", t.test(y)$conf.int)
}
numbers_of("rivers", rivers)
numbers_of("Ozone", airquality$Ozone)
numbers_of("mpg", mtcars$mpg)
numbers_of("women", women$height)
numbers_of("precip", precip)
numbers_of("far", 1e9 + c(1, 2, 3, 4, 7.5))

# Wilson: prop.test without correction. With a small population N, of n (N - 1) / (N - n) answers.
for (case in list(c(15, 30, 0), c(0, 20, 0), c(20, 20, 0), c(1, 10, 0), c(15, 30, 75), c(3, 40, 75), c(60, 74, 75), c(512, 1000, 36525))) {
	p <- case[1] / case[2]; n <- case[2]; N <- case[3]
	if (N > 0) n <- n * (N - 1) / (N - n)
	say("wilson", case, suppressWarnings(prop.test(p * n, n, correct = FALSE))$conf.int)
}

# Raking of the table of hair and eyes to even totals: R's own loglin, which fits margins by the same means.
fit <- loglin(outer(c(0.4, 0.3, 0.2, 0.1), c(0.25, 0.25, 0.25, 0.25)) * 592, list(1, 2),
	start = margin.table(HairEyeColor, c(1, 2)), fit = TRUE, eps = 1e-11, iter = 1000, print = FALSE)$fit
say("raked", t(unclass(fit)))
# Weighted means and spread: weighted.mean and cov.wt (method "ML") of cars' weights.
w <- mtcars$wt / sum(mtcars$wt) * nrow(mtcars)
say("weights", w)
say("weighted", weighted.mean(mtcars$mpg, w), sqrt(cov.wt(as.matrix(mtcars$mpg), w / sum(w), method = "ML")$cov[1] * 32 / 31), sum(w)^2 / sum(w^2))
# The least value that this part of all weight does not exceed: the inverse of the weighted distribution.
y <- order(mtcars$mpg)
say("weighted-quartiles", approx(cumsum(w[y]) / sum(w), mtcars$mpg[y], c(0.25, 0.5, 0.75), method = "constant", f = 1, rule = 2, ties = "ordered")$y)

# Weighted shares and tables: chisq.test of the weighted table, scaled to as many answers as it is worth (Kish).
case <- function(x) as.integer(factor(x)) - 1
worth <- sum(w)^2 / sum(w^2)
say("cases cyl", case(mtcars$cyl)); say("cases gear", case(mtcars$gear))
cells <- unclass(xtabs(w ~ cyl + gear, mtcars))
share <- prop.table(rowSums(cells))
say("weighted-shares", share)
say("weighted-wilson", sapply(share, function(p) suppressWarnings(prop.test(p * worth, worth, correct = FALSE))$conf.int))
x <- suppressWarnings(chisq.test(cells * worth / sum(w), correct = FALSE))
say("weighted-cells", t(cells))
say("weighted-residuals", t(x$stdres))
say("weighted-test", unname(x$statistic), unname(x$parameter), x$p.value, sqrt(unname(x$statistic) / worth / 2))

# Rankings: six marks of 30 departments put in order, the three first kept; weighted by their seventh.
marks <- t(apply(-as.matrix(attitude[, -1]), 1, rank, ties.method = "first"))
place <- ifelse(marks > 3, NA, marks)
say("ranking attitude", t(apply(marks, 1, order)[1:3, ]) - 1)
for (name in c("once", "weighted")) {
	w <- if (name == "once") rep(1, 30) else attitude$rating / mean(attitude$rating)
	say(paste("ranking-weights", name), w)
	say("ranked", colSums(!is.na(place)))
	say("first", colSums(place == 1, na.rm = TRUE))
	say("weight", colSums(w * !is.na(place)))
	say("mean", sapply(1:6, function(i) weighted.mean(place[, i], w, na.rm = TRUE)))
	say("points", colSums(w * (7 - place), na.rm = TRUE))
}
