using System.Text.Json;
using Metering.Core.Applicability;
using Metering.Core.Languages;
using Metering.Core.Tables;

namespace Metering.Core.Conversion;

/// <summary>What a scale says of two values: letters A to G, or why there are none.</summary>
/// <param name="Energy">Class of the energy alone.</param>
/// <param name="Emission">Class of the emissions alone; null on scales without emissions.</param>
/// <param name="Overall">The worse of the two: the label.</param>
/// <param name="Reason">Why the scale gives nothing.</param>
public sealed record EnergyLabel(char? Energy, char? Emission, char? Overall, Inapplicability? Reason);

/// <summary>
/// A scale of energy labels as data. It classifies values that a diagnosis calculated; a metered consumption is not a
/// conventional one and gets no label.
/// </summary>
public sealed class LabelScale
{
    private const string Letters = "ABCDEFG";

    private static readonly Lazy<IReadOnlyList<LabelScale>> Embedded = new(Load);

    private readonly double[] energy;
    private readonly double[] emission;
    private readonly bool upperBoundIncluded;
    private readonly ValidityLimit floorArea;
    private readonly ValidityLimit values;
    private readonly ModelRule empty;

    private LabelScale(
        string key, BilingualText title, string source, string energyUnit, string emissionUnit, bool upperBoundIncluded,
        double floorAreaFromM2, double[] energy, double[] emission)
    {
        Key = key;
        Title = title;
        Source = source;
        EnergyUnit = energyUnit;
        EmissionUnit = emissionUnit;
        this.upperBoundIncluded = upperBoundIncluded;
        this.energy = energy;
        this.emission = emission;
        floorArea = new($"label.{key}.floor-area", new("surface", "floor area"), "m²", floorAreaFromM2, 1e6, source);
        values = new($"label.{key}.value", new("valeur", "value"), "", 0, 1e6, source);
        empty = new(
            $"label.{key}.empty",
            new("les bornes des classes ne sont pas renseignées", "the bounds of the classes have not been filled in"), source);
    }

    public static IReadOnlyList<LabelScale> All => Embedded.Value;

    public string Key { get; }
    public BilingualText Title { get; }
    public string Source { get; }
    public string EnergyUnit { get; }
    public string EmissionUnit { get; }

    /// <exception cref="ArgumentException">No scale of that key.</exception>
    public static LabelScale Of(string key) => All.FirstOrDefault(s => s.Key == key)
        ?? throw new ArgumentException($"Label scale '{key}' is not known; allowed are {string.Join(", ", All.Select(s => s.Key))}.", nameof(key));

    /// <summary>The same scale with bounds from elsewhere, such as those of the DPEG once its annex is at hand.</summary>
    /// <param name="energyBounds">Six rising upper bounds of A to F.</param>
    /// <param name="emissionBounds">Six rising upper bounds, or none.</param>
    /// <param name="boundsSource">Where they were read.</param>
    /// <exception cref="ArgumentException">Not six rising bounds.</exception>
    public LabelScale WithBounds(IReadOnlyList<double> energyBounds, IReadOnlyList<double> emissionBounds, string boundsSource)
    {
        Demand(energyBounds, nameof(energyBounds), emptyAllowed: false);
        Demand(emissionBounds, nameof(emissionBounds), emptyAllowed: true);
        return new(
            Key, Title, boundsSource, EnergyUnit, EmissionUnit, upperBoundIncluded, floorArea.Minimum,
            [.. energyBounds], [.. emissionBounds]);
    }

    /// <param name="energyPerM2">Conventional consumption in <see cref="EnergyUnit"/>.</param>
    /// <param name="emissionPerM2">Conventional emissions in <see cref="EmissionUnit"/>; not used on scales without them.</param>
    /// <param name="floorAreaM2">Reference area; small dwellings have scales of their own, which are not at hand.</param>
    public EnergyLabel Classify(double energyPerM2, double emissionPerM2, double floorAreaM2)
    {
        if (energy.Length == 0)
        {
            return new(null, null, null, empty);
        }

        if (!floorArea.Contains(floorAreaM2))
        {
            return new(null, null, null, floorArea);
        }

        var withEmission = emission.Length > 0;
        if (!values.Contains(energyPerM2) || (withEmission && !values.Contains(emissionPerM2)))
        {
            return new(null, null, null, values);
        }

        var e = Index(energy, energyPerM2);
        var g = withEmission ? Index(emission, emissionPerM2) : e;
        return new(Letters[e], withEmission ? Letters[g] : null, Letters[Math.Max(e, g)], null);
    }

    private int Index(double[] bounds, double value)
    {
        var i = 0;
        while (i < bounds.Length && !(upperBoundIncluded ? value <= bounds[i] : value < bounds[i]))
        {
            i++;
        }

        return i;
    }

    private static void Demand(IReadOnlyList<double> bounds, string name, bool emptyAllowed)
    {
        ArgumentNullException.ThrowIfNull(bounds, name);
        var rising = bounds.Zip(bounds.Skip(1)).All(p => p.First < p.Second);
        if (!(bounds.Count == 6 && rising) && !(emptyAllowed && bounds.Count == 0))
        {
            throw new ArgumentException($"A scale needs six rising upper bounds for A to F; {bounds.Count} were given.", name);
        }
    }

    private static IReadOnlyList<LabelScale> Load()
    {
        using var document = EmbeddedTable.Open("Conversion/labels.json");
        return [.. document.RootElement.GetProperty("scales").EnumerateArray().Select(s => new LabelScale(
            s.GetProperty("key").GetString()!,
            EmbeddedTable.Text(s.GetProperty("title")),
            s.GetProperty("source").GetString()!,
            s.GetProperty("energyUnit").GetString()!,
            s.GetProperty("emissionUnit").GetString()!,
            s.GetProperty("upperBoundIncluded").GetBoolean(),
            s.GetProperty("floorAreaFromM2").GetDouble(),
            Numbers(s.GetProperty("energy")),
            Numbers(s.GetProperty("emission"))))];
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetDouble())];
}
