package org.keyroll.scoring;

import java.util.SplittableRandom;

/**
 * What sensitivity varies, and how far.
 *
 * @param draws how many
 * @param seed of all randomness: the same seed gives the same draws on any machine and thread count
 * @param dirichlet whether weights of siblings are drawn from a Dirichlet distribution around the
 *     given ones; else each uniformly within a share of itself
 * @param spread that share; or the concentration of the Dirichlet distribution, its parameters
 *     being {@code concentration × share of the weight}
 * @param weights whether weights vary
 * @param normalisation whether the normalisation varies
 * @param gaps whether the treatment of missing values varies
 */
public record Variation(
    int draws,
    long seed,
    boolean dirichlet,
    double spread,
    boolean weights,
    boolean normalisation,
    boolean gaps) {

  /** Numbers of the variants of a draw. */
  static final int AS_GIVEN = 0;

  /** One draw. */
  final class Draw {
    private final SplittableRandom random;

    private Draw(int number) {
      random = new SplittableRandom(mix(seed + mix(number)));
    }

    /** Weights around the given ones with the same total; those that are 0 stay so. */
    double[] around(double[] given) {
      if (!weights || given.length < 2) {
        return given;
      }
      double total = 0;
      for (double weight : given) {
        total += weight;
      }
      var drawn = new double[given.length];
      double sum = 0;
      for (int i = 0; i < given.length; i++) {
        drawn[i] =
            given[i] == 0
                ? 0
                : dirichlet
                    ? gamma(spread * given[i] / total)
                    : given[i] * (1 + spread * (2 * random.nextDouble() - 1));
        sum += drawn[i];
      }
      for (int i = 0; i < given.length && sum > 0; i++) {
        drawn[i] *= total / sum;
      }
      return sum > 0 ? drawn : given;
    }

    /** One of so many variants, the first where nothing varies. */
    int variant(int variants, boolean varies) {
      int drawn = random.nextInt(variants);
      return varies ? drawn : AS_GIVEN;
    }

    /** Marsaglia and Tsang (2000); below 1 by the power of a uniform. */
    private double gamma(double shape) {
      if (shape < 1) {
        return gamma(shape + 1) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
      }
      double d = shape - 1.0 / 3;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double x = normal();
        double v = 1 + c * x;
        if (v > 0) {
          v = v * v * v;
          double u = 1 - random.nextDouble();
          if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
            return d * v;
          }
        }
      }
    }

    /** Marsaglia's polar method; the JDK's own may differ between versions. */
    private double normal() {
      while (true) {
        double u = 2 * random.nextDouble() - 1;
        double v = 2 * random.nextDouble() - 1;
        double s = u * u + v * v;
        if (s < 1 && s > 0) {
          return u * Math.sqrt(-2 * StrictMath.log(s) / s);
        }
      }
    }
  }

  Draw draw(int number) {
    return new Draw(number);
  }

  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
