namespace Metering.Core.Savings;

/// <summary>
/// Cuts a temperature into pieces, so that a sum of slopes times pieces is a broken line that bends at the edges only:
/// the first piece is T up to the first edge, each further piece what lies between two edges.
/// </summary>
public sealed class TemperatureBins
{
    /// <summary>Hours that a bin must have (CalTRACK hourly).</summary>
    public const int LeastHours = 20;

    private readonly double[] edges;

    /// <param name="edges">Ascending, in the unit of the temperatures; none: one straight line.</param>
    public TemperatureBins(IReadOnlyList<double> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        for (var i = 1; i < edges.Count; i++)
        {
            if (!(edges[i] > edges[i - 1]))
            {
                throw new ArgumentException("The edges of temperature bins must ascend.", nameof(edges));
            }
        }

        this.edges = [.. edges];
    }

    /// <summary>CalTRACK hourly: 30, 45, 55, 65, 75, 90 °F.</summary>
    public static TemperatureBins CalTrackFahrenheit { get; } = new([30, 45, 55, 65, 75, 90]);

    /// <summary>The same edges in °C.</summary>
    public static TemperatureBins CalTrackCelsius { get; } = new([-1.1, 7.2, 12.8, 18.3, 23.9, 32.2]);

    /// <summary>For Guadeloupe: 22, 24, 26, 28, 30 °C (project choice).</summary>
    public static TemperatureBins Tropical { get; } = new([22, 24, 26, 28, 30]);

    public IReadOnlyList<double> Edges => edges;

    public int Count => edges.Length + 1;

    /// <summary>The piece of a temperature that lies in a bin.</summary>
    public double Piece(double temperature, int bin)
    {
        var high = bin < edges.Length ? Math.Min(temperature, edges[bin]) : temperature;
        return bin == 0 ? high : Math.Max(0, high - edges[bin - 1]);
    }

    /// <summary>
    /// The same bins without the edges that leave fewer than <see cref="LeastHours"/> temperatures in a bin: from the
    /// outside inwards, the edge towards the middle goes.
    /// </summary>
    public TemperatureBins Supported(IReadOnlyList<double> temperatures)
    {
        ArgumentNullException.ThrowIfNull(temperatures);
        var counts = new int[edges.Length + 1];
        foreach (var t in temperatures)
        {
            var bin = Array.BinarySearch(edges, t);
            counts[bin < 0 ? ~bin : bin]++;
        }

        var left = edges.ToList();
        var hours = counts.ToList();
        for (var sparse = 0; left.Count > 0 && (sparse = hours.FindIndex(c => c < LeastHours)) >= 0;)
        {
            var edge = sparse <= left.Count / 2 ? Math.Min(sparse, left.Count - 1) : sparse - 1;
            hours[edge] += hours[edge + 1];
            hours.RemoveAt(edge + 1);
            left.RemoveAt(edge);
        }

        return new TemperatureBins(left);
    }
}
