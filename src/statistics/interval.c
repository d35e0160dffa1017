#include "statistics/interval.h"

#include <math.h>

#include "statistics/distribution.h"

#define Z 1.959963984540054 /* of the normal distribution, 2.5 % are above */

struct interval interval_proportion(double p, double n, double population)
{
	if (!(n > 0)) return (struct interval){ NAN, NAN };
	if (population > 0 && n >= population) return (struct interval){ p, p };
	if (population > 0) n *= (population - 1) / (population - n);
	double z2 = Z * Z / n;
	double middle = (p + z2 / 2) / (1 + z2);
	double half = Z / (1 + z2) * sqrt(p * (1 - p) / n + z2 / (4 * n));
	return (struct interval){ fmax(0, middle - half), fmin(1, middle + half) };
}

struct interval interval_mean(double mean, double sd, double n, double population)
{
	if (!(n > 1) || isnan(sd)) return (struct interval){ NAN, NAN };
	double rest = population > 0 ? fmax(0, 1 - n / population) : 1;
	double half = student_quantile(0.05, n - 1) * sd / sqrt(n) * sqrt(rest);
	return (struct interval){ mean - half, mean + half };
}

struct interval interval_difference(double p1, struct interval one, double p2, struct interval other)
{
	double d = p1 - p2;
	if (isnan(one.low) || isnan(other.low)) return (struct interval){ NAN, NAN };
	return (struct interval){ d - hypot(p1 - one.low, other.high - p2), d + hypot(one.high - p1, p2 - other.low) };
}
