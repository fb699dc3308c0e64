using System.Text.Json;
using System.Text.Json.Serialization;
using Metering.Collector.Registry;
using Metering.Core.Readings;
using Metering.Core.Registry;
using YamlDotNet.Core;

namespace Metering.Collector.Import;

/// <summary>How the columns of another logger's or a utility's file become readings. Written in YAML or JSON.</summary>
public sealed record ReadingsMapping
{
    /// <summary>Character between cells.</summary>
    public char Delimiter { get; init; } = ';';

    /// <summary>Decimal mark, <c>.</c> or <c>,</c>.</summary>
    public char Decimal { get; init; } = '.';

    /// <summary>utf-8 or latin1.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Lines before the header.</summary>
    public int SkipLines { get; init; }

    /// <summary>Columns that together hold the time, joined by a blank.</summary>
    public required IReadOnlyList<string> TimeColumns { get; init; }

    /// <summary>.NET format of the time, such as <c>dd/MM/yyyy HH:mm</c>; with <c>zzz</c> the file says its offset itself.</summary>
    public required string TimeFormat { get; init; }

    /// <summary>IANA zone of the times, or a fixed offset such as +01:00 for a logger that ignores daylight saving.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether a time stands at the beginning or at the end of its interval; interval columns only.</summary>
    public IntervalMark Marks { get; init; } = IntervalMark.End;

    /// <summary>
    /// Step of the series, minutes: needed for interval columns. Others are better with it: without a step every reading
    /// counts as following a gap.
    /// </summary>
    public int StepMinutes { get; init; }

    public required IReadOnlyList<ColumnMapping> Columns { get; init; }

    /// <summary>Reads a mapping.</summary>
    /// <exception cref="ImportException">Not readable, or it makes no sense.</exception>
    public static ReadingsMapping Read(string text, RegistryFormat format)
    {
        try
        {
            var mapping = RegistryDocument.ReadTree<ReadingsMapping>(text, format) ?? throw new ImportException("The mapping is empty.");
            mapping.Check();
            return mapping;
        }
        catch (Exception fault) when (fault is JsonException or YamlException or FormatException)
        {
            throw new ImportException("The mapping cannot be read: " + fault.Message, fault);
        }
    }

    private void Check()
    {
        _ = SiteTime.Zone(TimeZone);
        if (TimeColumns.Count == 0 || Columns.Count == 0)
        {
            throw new ImportException("The mapping names no time column or no column.");
        }

        if (Decimal is not ('.' or ','))
        {
            throw new ImportException($"decimal: '{Decimal}' is given, . or , is allowed.");
        }

        var needsStep = Columns.Any(static column => column.Kind == ColumnKind.Interval);
        if (StepMinutes < (needsStep ? 1 : 0) || StepMinutes > 1440)
        {
            throw new ImportException("stepMinutes: 1 to 1440 is allowed; an interval column needs it.");
        }

        foreach (var column in Columns.Where(static column => !column.HasUnit))
        {
            throw new ImportException($"column '{column.Column}': {column.Quantity} cannot be in '{column.Unit}'; allowed are {string.Join(", ", ColumnMapping.UnitsOf(column.Quantity))}.");
        }

        foreach (var column in Columns.Where(static column => column.Kind == ColumnKind.Interval && column.Quantity != Quantity.PulseRegister))
        {
            throw new ImportException($"column '{column.Column}': only energy comes in intervals.");
        }
    }
}

/// <summary>Where a time stands in its interval.</summary>
public enum IntervalMark
{
    Start = 0,
    End = 1,
}

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>A spot value.</summary>
    Spot = 0,

    /// <summary>An index that only grows.</summary>
    Cumulative = 1,

    /// <summary>Energy of the row's interval.</summary>
    Interval = 2,
}

/// <summary>One column of a file, and the metering point it belongs to.</summary>
public sealed record ColumnMapping
{
    private static readonly Dictionary<Quantity, string[]> Units = new()
    {
        [Quantity.PulseRegister] = ["count", "Wh", "kWh", "MWh"],
        [Quantity.AirTemperature] = ["Cel"],
        [Quantity.RelativeHumidity] = ["%RH"],
        [Quantity.AirPressure] = ["Pa", "hPa"],
    };

    /// <summary>Name in the header.</summary>
    public required string Column { get; init; }

    public required string Point { get; init; }
    public required Quantity Quantity { get; init; }
    public required ColumnKind Kind { get; init; }
    public required string Unit { get; init; }

    /// <summary>Weight of one stored count, Wh, for energy; 1 Wh when not given. Finer energy is rounded, without the error adding up.</summary>
    public decimal PulseWeightWh { get; init; } = 1m;

    /// <summary>Texts that mean "no value"; the empty cell always does.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    [JsonIgnore]
    internal bool HasUnit => UnitsOf(Quantity).Contains(Unit);

    internal static IReadOnlyList<string> UnitsOf(Quantity quantity) => Units[quantity];

    /// <summary>What a value of the file is multiplied with to get stored units.</summary>
    [JsonIgnore]
    internal decimal Factor => Unit switch
    {
        "Wh" => 1m / PulseWeightWh,
        "kWh" => 1_000m / PulseWeightWh,
        "MWh" => 1_000_000m / PulseWeightWh,
        "hPa" => 100m,
        _ => Quantities.Scale(Quantity),
    };
}
