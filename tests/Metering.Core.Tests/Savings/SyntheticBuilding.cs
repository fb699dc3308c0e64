using Metering.Core.Savings;

namespace Metering.Core.Tests.Savings;

/// <summary>How a synthetic building departs from the model that is fitted to it.</summary>
internal enum Departure
{
    /// <summary>It obeys the model.</summary>
    None = 0,

    /// <summary>Uses 10 % more from Monday to Friday and 25 % less at the weekend: the residuals have a weekly pattern.</summary>
    WorkingWeek = 1,

    /// <summary>The noise grows with the use.</summary>
    ProportionalNoise = 2,
}

/// <summary>A building whose truth is known: base load, cooling above a balance point, AR(1) noise, a planted cut.</summary>
internal sealed class SyntheticBuilding
{
    public required IReadOnlyList<EnergyObservation> Baseline { get; init; }
    public required IReadOnlyList<EnergyObservation> Reporting { get; init; }

    /// <summary>Adjusted baseline without noise minus the reporting energy without noise, kWh.</summary>
    public required double TrueSavingsKWh { get; init; }

    /// <summary>
    /// A building of a campaign: every second one has noise with a lag-1 autocorrelation of 0.4, the others noise without
    /// memory; every third one is heated.
    /// </summary>
    public static SyntheticBuilding Of(int campaign, int seed, double cut, Departure departure = Departure.None)
    {
        var random = new SplitMix64(((ulong)campaign << 32) + (ulong)seed);
        var (rho, heating) = (seed % 2 == 0 ? 0.4 : 0, seed % 3 == 0);
        var baseLoad = 5 + (20 * random.NextDouble());
        var slope = 0.5 + (3 * random.NextDouble());
        var balance = 18 + (5 * random.NextDouble());
        var heatingSlope = heating ? 0.5 + (2 * random.NextDouble()) : 0;
        var mean = 16 + (6 * random.NextDouble());
        var swing = 7 + (4 * random.NextDouble());
        var relativeNoise = 0.1 + (0.25 * random.NextDouble());

        double Use(double t) => baseLoad + (slope * Math.Max(0, t - balance)) + (heatingSlope * Math.Max(0, balance - 4 - t));

        var typical = Enumerable.Range(0, 365).Average(d => Use(mean + (swing * Math.Sin(2 * Math.PI * d / 365))));
        var noise = 0.0;
        var trueSavings = 0.0;
        IReadOnlyList<EnergyObservation> Year(int year, double share, bool reporting)
        {
            var days = new List<EnergyObservation>(365);
            for (var d = 0; d < 365; d++)
            {
                var t = mean + (swing * Math.Sin(2 * Math.PI * (d - 100) / 365)) + (2.5 * random.NextNormal());
                noise = (rho * noise) + (Math.Sqrt(1 - (rho * rho)) * relativeNoise * typical * random.NextNormal());
                var use = Use(t) * (departure == Departure.WorkingWeek ? (d % 7 < 5 ? 1.1 : 0.75) : 1);
                var error = noise * (departure == Departure.ProportionalNoise ? Use(t) / typical : 1);
                days.Add(new EnergyObservation(new DateOnly(year, 1, 1).AddDays(d), (use * share) + error, t));
                trueSavings += reporting ? use * (1 - share) : 0;
            }

            return days;
        }

        var baseline = Year(2023, 1, reporting: false);
        var after = Year(2025, 1 - cut, reporting: true);
        return new SyntheticBuilding { Baseline = baseline, Reporting = after, TrueSavingsKWh = trueSavings };
    }

    /// <summary>The same days as twelve bills.</summary>
    public static IReadOnlyList<EnergyObservation> Bills(IReadOnlyList<EnergyObservation> days) =>
    [
        .. days.GroupBy(d => d.Start.Month).Select(g => new EnergyObservation(
            g.First().Start, g.Count(), g.Sum(d => d.EnergyKWh), [.. g.Select(d => d.Temperatures[0])])),
    ];
}
