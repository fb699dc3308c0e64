using System.Text.Json;
using Metering.Core.Languages;
using Metering.Core.Psychrometrics;
using Metering.Core.Tables;

namespace Metering.Core.Comfort.Givoni;

/// <summary>
/// Bioclimatic comfort zones for hot and humid climates, by air speed. No regulatory text fixes their corners: they are
/// data, in several variants, and whoever prints a result prints <see cref="Name"/> with it. Lying outside is an alert, not
/// proven discomfort: field votes in the French tropics (COCO 2019-2022) accept about 2 K more.
/// </summary>
/// <remarks>
/// The chart is that of 101 325 Pa: a point enters by temperature and relative humidity, as the corners do, so that
/// altitude moves neither.
/// </remarks>
public sealed class GivoniZones
{
    private const string Table = "Comfort/Givoni/givoni-zones.json";

    // Every zone ends far below, and vapour cannot yet reach the pressure of the air.
    private const double HottestC = 60;

    private static readonly Lazy<IReadOnlyList<GivoniZones>> Embedded = new(Load);

    private GivoniZones(
        string name, BilingualText title, string source, GivoniInterpolation interpolation, double tooColdBelowC,
        IReadOnlyList<GivoniZone> zones)
    {
        Name = name;
        Title = title;
        Source = source;
        Interpolation = interpolation;
        TooColdBelowC = tooColdBelowC;
        Zones = zones;
    }

    /// <summary>Variant G1 with straight edges on the psychrometric chart.</summary>
    public static GivoniZones Default => Variant("G1");

    /// <summary>Every variant that is known.</summary>
    public static IReadOnlyList<GivoniZones> All => Embedded.Value;

    /// <summary>Short name of the variant, printed with every result.</summary>
    public string Name { get; }

    public BilingualText Title { get; }

    /// <summary>Where the corners come from.</summary>
    public string Source { get; }

    public GivoniInterpolation Interpolation { get; }

    /// <summary>°C; below it a point is too cold rather than outside.</summary>
    public double TooColdBelowC { get; }

    /// <summary>By rising air speed.</summary>
    public IReadOnlyList<GivoniZone> Zones { get; }

    /// <exception cref="ArgumentException">No variant of that name.</exception>
    public static GivoniZones Variant(string name) =>
        All.FirstOrDefault(v => v.Name == name)
        ?? throw new ArgumentException(
            $"Givoni variant '{name}' is not known; allowed are {string.Join(", ", All.Select(v => v.Name))}.", nameof(name));

    /// <summary>The same corners joined in the other plane.</summary>
    public GivoniZones With(GivoniInterpolation interpolation) => new(
        Name, Title, Source, interpolation, TooColdBelowC,
        [.. Zones.Select(z => new GivoniZone(z.AirSpeed, z.Vertices, interpolation))]);

    /// <summary>The zone of the lowest air speed that contains the point.</summary>
    /// <param name="temperatureC">Air temperature, °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, %.</param>
    public GivoniClass Classify(double temperatureC, double relativeHumidityPct)
    {
        if (!PsychrometricLimits.Temperature.Contains(temperatureC)
            || !PsychrometricLimits.RelativeHumidity.Contains(relativeHumidityPct))
        {
            return GivoniClass.NotMeasured;
        }

        if (temperatureC < TooColdBelowC)
        {
            return GivoniClass.TooCold;
        }

        if (temperatureC > HottestC)
        {
            return GivoniClass.Outside;
        }

        var ordinate = Ordinate(temperatureC, relativeHumidityPct);
        for (var i = 0; i < Zones.Count; i++)
        {
            if (Zones[i].Contains(temperatureC, ordinate))
            {
                return GivoniClass.InZone(i);
            }
        }

        return GivoniClass.Outside;
    }

    /// <summary>
    /// How far beyond the zone of an air speed: 0 in it or in a smaller one, K where cooler air at the same humidity would
    /// be in it, infinite where no cooler air would (too humid, too dry, too cold), NaN where not measured. Feed it to an
    /// <see cref="Durations.ExceedanceCounter"/> for the discomfort rate, its depth and its longest run.
    /// </summary>
    /// <param name="temperatureC">Air temperature, °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, %.</param>
    /// <param name="zoneIndex">Index into <see cref="Zones"/>: the air speed that the room can have.</param>
    public double ExcessK(double temperatureC, double relativeHumidityPct, int zoneIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(zoneIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(zoneIndex, Zones.Count);
        var place = Classify(temperatureC, relativeHumidityPct);
        return place.Place switch
        {
            GivoniPlace.NotMeasured => double.NaN,
            GivoniPlace.Zone when place.ZoneIndex <= zoneIndex => 0,
            GivoniPlace.TooCold => double.PositiveInfinity,
            _ => Zones[zoneIndex].ExcessK(temperatureC, Ordinate(temperatureC, relativeHumidityPct)),
        };
    }

    private static IReadOnlyList<GivoniZones> Load()
    {
        using var document = EmbeddedTable.Open(Table);
        return [.. document.RootElement.GetProperty("variants").EnumerateArray().Select(Read)];
    }

    private double Ordinate(double temperatureC, double relativeHumidityPct) =>
        Interpolation == GivoniInterpolation.HumidityRatio
            ? HumidityRatio.GramsPerKg(
                VapourPressure.Pa(Math.Min(temperatureC, HottestC), relativeHumidityPct), StandardAtmosphere.SeaLevelPa)
            : relativeHumidityPct;

    private static GivoniZones Read(JsonElement variant)
    {
        var byRatio = variant.GetProperty("coordinates").GetString() == "humidity-ratio";
        var interpolation = variant.GetProperty("interpolation").GetString() == "humidity-ratio"
            ? GivoniInterpolation.HumidityRatio
            : GivoniInterpolation.RelativeHumidity;
        var zones = variant.GetProperty("zones").EnumerateArray().Select(zone => new GivoniZone(
            zone.GetProperty("airSpeedMps").GetDouble(),
            [.. zone.GetProperty("vertices").EnumerateArray().Select(v => Vertex(v[0].GetDouble(), v[1].GetDouble(), byRatio))],
            interpolation));
        return new GivoniZones(
            variant.GetProperty("name").GetString()!,
            EmbeddedTable.Text(variant.GetProperty("title")),
            variant.GetProperty("source").GetString()!,
            interpolation,
            variant.GetProperty("tooColdBelowC").GetDouble(),
            [.. zones]);
    }

    private static GivoniVertex Vertex(double temperatureC, double ordinate, bool byRatio)
    {
        var saturation = SaturationPressure.Pa(temperatureC);
        if (!byRatio)
        {
            return new(temperatureC, ordinate, HumidityRatio.GramsPerKg(
                VapourPressure.Pa(temperatureC, ordinate), StandardAtmosphere.SeaLevelPa));
        }

        var w = ordinate / 1000;
        var pv = StandardAtmosphere.SeaLevelPa * w / (HumidityRatio.MolarMassRatio + w);
        return new(temperatureC, 100 * pv / saturation, ordinate);
    }
}
