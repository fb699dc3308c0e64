namespace Metering.Core.Savings;

/// <summary>Balance points that are tried, and what makes one acceptable.</summary>
/// <param name="From">Lowest, in the unit of the temperatures.</param>
/// <param name="To">Highest.</param>
/// <param name="Step">Step, above 0.</param>
/// <param name="LeastDegreeDays">Degree days that a balance point must have in the data, in the unit of the temperatures.</param>
/// <param name="LeastDays">Days with degree days that it must have.</param>
public sealed record BalancePointGrid(double From, double To, double Step, double LeastDegreeDays = 0, int LeastDays = 0)
{
    /// <summary>CalTRACK 2.0: 30 to 90 °F, step at most 3 °F (1 °F here), at least 10 days and 20 °F·days.</summary>
    public static BalancePointGrid CalTrackFahrenheit { get; } = new(30, 90, 1, 20, 10);

    /// <summary>The same in °C: -1 to 32 °C, step at most 1.7 K (0.5 K here), at least 10 days and 11.1 K·days.</summary>
    public static BalancePointGrid CalTrackCelsius { get; } = new(-1, 32, 0.5, 20 / 1.8, 10);

    /// <summary>For the tropics: 18 to 28 °C by 0.5 K (project choice).</summary>
    public static BalancePointGrid Tropical { get; } = new(18, 28, 0.5, 20 / 1.8, 10);

    /// <summary>Most points of a grid.</summary>
    public const int Limit = 1000;

    /// <summary>The grid's values.</summary>
    public IReadOnlyList<double> Values
    {
        get
        {
            var count = Step > 0 && To >= From ? Math.Floor(((To - From) / Step) + 1e-9) + 1 : 0;
            if (count is < 1 or > Limit)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"A balance-point grid from {From} to {To} by {Step} has no or more than {Limit} points."));
            }

            return [.. Enumerable.Range(0, (int)count).Select(i => From + (i * Step))];
        }
    }
}
