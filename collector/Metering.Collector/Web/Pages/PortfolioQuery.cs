using System.Globalization;
using Metering.Core.Savings;

namespace Metering.Collector.Web.Pages;

/// <summary>What the list of buildings is asked for, from the address. A word that is not known asks for nothing.</summary>
/// <param name="Text">Part of a name or a site, or empty.</param>
/// <param name="Labels">Classes A to G, and <see cref="NoLabel"/>; empty: all.</param>
/// <param name="Completeness">low, high, none, or empty: all.</param>
/// <param name="Verdict">met, compatible, not-met, inconclusive, none, or empty: all.</param>
/// <param name="SilentOnly">Only buildings with a board that is not heard.</param>
/// <param name="Sort">One of <see cref="Sorts"/>.</param>
/// <param name="Descending">From the greatest.</param>
internal sealed record PortfolioQuery(
    string Text, IReadOnlyList<string> Labels, string Completeness, string Verdict, bool SilentOnly, string Sort, bool Descending)
{
    /// <summary>Longest text that is looked for.</summary>
    public const int TextMax = 100;

    /// <summary>Completeness below which a building is listed as incomplete, percent (as of a month of the note).</summary>
    public const double LowBelowPercent = 90;

    /// <summary>In <see cref="Labels"/>: buildings without a class.</summary>
    public const string NoLabel = "none";

    public static readonly string[] Classes = ["A", "B", "C", "D", "E", "F", "G"];

    public static readonly string[] Sorts = ["name", "label", "energy", "area", "completeness", "verdict", "silent"];

    private static readonly StringComparer Names = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);

    public static PortfolioQuery Of(IQueryCollection query)
    {
        var text = query["q"].ToString().Trim();
        var sort = query["sort"].ToString();
        return new PortfolioQuery(
            text.Length > TextMax ? text[..TextMax] : text,
            [.. query["label"].OfType<string>().Where(l => Classes.Contains(l) || l == NoLabel).Distinct()],
            query["completeness"].ToString() is "low" or "high" or "none" ? query["completeness"].ToString() : "",
            query["verdict"].ToString() is "met" or "compatible" or "not-met" or "inconclusive" or "none" ? query["verdict"].ToString() : "",
            query["silent"] == "1",
            Sorts.Contains(sort) ? sort : "name",
            query["order"] == "desc");
    }

    public bool IsFiltered => Text.Length > 0 || Labels.Count > 0 || Completeness.Length > 0 || Verdict.Length > 0 || SilentOnly;

    /// <summary>The buildings that were asked for, in order; names break ties, so that pages of the list never overlap.</summary>
    public IReadOnlyList<PortfolioRow> Apply(IEnumerable<PortfolioRow> rows)
    {
        var found = rows.Where(Matches);
        var ordered = Sort switch
        {
            "label" => By(found, static r => r.Label ?? "Z"),
            "energy" => By(found, static r => r.Summary?.EnergyKwh ?? -1),
            "area" => By(found, static r => PerArea(r) ?? -1),
            "completeness" => By(found, static r => r.Summary?.CompletenessPercent ?? -1),
            "verdict" => By(found, static r => r.Verdict is { } v ? (int)v : -1),
            "silent" => By(found, static r => r.Silent),
            _ => Descending ? found.OrderByDescending(static r => r.Building.Name, Names) : found.OrderBy(static r => r.Building.Name, Names),
        };
        return [.. ordered.ThenBy(static r => r.Building.Name, Names).ThenBy(static r => r.Building.Id, StringComparer.Ordinal)];
    }

    /// <summary>Energy over the floor area of the period as it is, kWh/m², or null.</summary>
    public static double? PerArea(PortfolioRow row) =>
        row is { Summary.EnergyKwh: { } energy, Building.FloorAreaM2: > 0 and { } area } ? (double)energy / area : null;

    private IOrderedEnumerable<PortfolioRow> By<T>(IEnumerable<PortfolioRow> rows, Func<PortfolioRow, T> key) =>
        Descending ? rows.OrderByDescending(key) : rows.OrderBy(key);

    private bool Matches(PortfolioRow row) =>
        (Text.Length == 0 || Holds(row.Building.Name) || Holds(row.Site) || Holds(row.Building.Id))
        && (Labels.Count == 0 || Labels.Contains(row.Label ?? NoLabel))
        && Completeness switch
        {
            "low" => row.Summary?.CompletenessPercent < LowBelowPercent,
            "high" => row.Summary?.CompletenessPercent >= LowBelowPercent,
            "none" => row.Summary is null or { HasReadings: false },
            _ => true,
        }
        && Verdict switch
        {
            "met" => row.Verdict is TargetVerdict.Met,
            "compatible" => row.Verdict is TargetVerdict.Compatible,
            "not-met" => row.Verdict is TargetVerdict.NotMet,
            "inconclusive" => row.Verdict is TargetVerdict.Inconclusive,
            "none" => row.Verdict is null,
            _ => true,
        }
        && (!SilentOnly || row.Silent > 0);

    private bool Holds(string text) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, Text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
