#include "statistics/distribution.h"

#include <math.h>

#include "base/macros.h"

enum { STEPS = 100000 };
#define PRECISION 1e-16
#define TINY 1e-300

static double log_gamma(double x)
{
	int sign; /* lgamma() writes a global variable */
	return lgamma_r(x, &sign);
}

/* DLMF 8.7.1, times x^a e^-x / Γ(a + 1). */
static double gamma_below_series(double a, double x, double scale)
{
	double term = 1, sum = 1;
	for (int n = 1; n < STEPS && term > sum * PRECISION; n++) {
		term *= x / (a + n);
		sum += term;
	}
	return sum * scale / a;
}

/* DLMF 8.9.2, contracted to its even part, by Lentz's method (Thompson and Barnett, 1986). */
static double gamma_above_fraction(double a, double x, double scale)
{
	double b = x + 1 - a, c = 1 / TINY, d = 1 / b, value = d;
	for (int n = 1; n < STEPS; n++) {
		double factor = -n * (n - a);
		b += 2;
		d = 1 / (factor * d + b);
		c = b + factor / c;
		value *= c * d;
		if (fabs(c * d - 1) < PRECISION) break;
	}
	return value * scale;
}

double chi2_above(double x, double df)
{
	double a = df / 2, half = x / 2;
	if (!(x > 0)) return 1;
	double scale = exp(a * log(half) - half - log_gamma(a));
	return half < a + 1 ? 1 - gamma_below_series(a, half, scale) : gamma_above_fraction(a, half, scale);
}

/* DLMF 8.17.22: I_x(a, b), for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
	double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), value = d;
	for (int m = 1; m < STEPS; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / (1 + even * d);
		c = 1 + even / c;
		value *= c * d;
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / (1 + odd * d);
		c = 1 + odd / c;
		value *= c * d;
		if (fabs(c * d - 1) < PRECISION) break;
	}
	return value * exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x)) / a;
}

static double beta_below(double a, double b, double x)
{
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	return x < (a + 1) / (a + b + 2) ? beta_fraction(a, b, x) : 1 - beta_fraction(b, a, 1 - x);
}

/* P(|T| > t) is I_x(df/2, 1/2) with x = df / (df + t²) (DLMF 8.17.20 and Abramowitz and Stegun 26.7.1): halved, it
 * only grows narrower. */
double student_quantile(double two_sided, double df)
{
	double low = 0, high = 1;
	while (beta_below(df / 2, 0.5, df / (df + high * high)) > two_sided && high < 1e150) high *= 2;
	for (int i = 0; i < 200 && high - low > high * 1e-15; i++) {
		double middle = (low + high) / 2;
		if (beta_below(df / 2, 0.5, df / (df + middle * middle)) > two_sided) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

double student_beyond(double t, double df)
{
	return beta_below(df / 2, 0.5, df / (df + t * t));
}

static double log_choose(int n, int k)
{
	return log_gamma(n + 1.0) - log_gamma(k + 1.0) - log_gamma(n - k + 1.0);
}

double fisher_exact(int a, int b, int c, int d)
{
	int row = a + b, column = a + c, n = a + b + c + d;
	int least = MAX(0, row + column - n), most = MIN(row, column);
	double all = log_choose(n, column), sum = 0;
	double seen = log_choose(row, a) + log_choose(n - row, column - a) - all;
	for (int x = least; x <= most; x++) {
		double p = log_choose(row, x) + log_choose(n - row, column - x) - all;
		if (p <= seen + log1p(1e-7)) sum += exp(p);
	}
	return MIN(1, sum);
}
