using Metering.Core.Savings;

namespace Metering.Core.Tests.Savings;

/// <summary>A building whose truth is known: base load, cooling above a balance point, AR(1) noise, a planted cut.</summary>
internal sealed class SyntheticBuilding
{
    public required IReadOnlyList<EnergyObservation> Baseline { get; init; }
    public required IReadOnlyList<EnergyObservation> Reporting { get; init; }

    /// <summary>Adjusted baseline without noise minus the reporting energy without noise, kWh.</summary>
    public required double TrueSavingsKWh { get; init; }

    public static SyntheticBuilding Random(int seed, double cut, double rho, bool heating = false)
    {
        var random = new Random(seed);
        var baseLoad = 5 + (20 * random.NextDouble());
        var slope = 0.5 + (3 * random.NextDouble());
        var balance = 18 + (5 * random.NextDouble());
        var heatingSlope = heating ? 0.5 + (2 * random.NextDouble()) : 0;
        var mean = 16 + (6 * random.NextDouble());
        var swing = 7 + (4 * random.NextDouble());
        var relativeNoise = 0.1 + (0.25 * random.NextDouble());

        double Use(double t) => baseLoad + (slope * Math.Max(0, t - balance)) + (heatingSlope * Math.Max(0, balance - 4 - t));
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        var typical = Enumerable.Range(0, 365).Average(d => Use(mean + (swing * Math.Sin(2 * Math.PI * d / 365))));
        var noise = 0.0;
        var trueSavings = 0.0;
        IReadOnlyList<EnergyObservation> Year(int year, double share, bool reporting)
        {
            var days = new List<EnergyObservation>(365);
            for (var d = 0; d < 365; d++)
            {
                var t = mean + (swing * Math.Sin(2 * Math.PI * (d - 100) / 365)) + (2.5 * Normal());
                noise = (rho * noise) + (Math.Sqrt(1 - (rho * rho)) * relativeNoise * typical * Normal());
                days.Add(new EnergyObservation(new DateOnly(year, 1, 1).AddDays(d), (Use(t) * share) + noise, t));
                trueSavings += reporting ? Use(t) * (1 - share) : 0;
            }

            return days;
        }

        var baseline = Year(2023, 1, reporting: false);
        var after = Year(2025, 1 - cut, reporting: true);
        return new SyntheticBuilding { Baseline = baseline, Reporting = after, TrueSavingsKWh = trueSavings };
    }
}
