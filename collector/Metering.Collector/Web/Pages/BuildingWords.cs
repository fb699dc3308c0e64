using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;
using Metering.Core.Savings;

namespace Metering.Collector.Web.Pages;

/// <summary>What several pages say of a building: whose data it shows, its labels, its verdicts.</summary>
internal static class BuildingWords
{
    private static readonly RegulatoryKind[] Certificates = [RegulatoryKind.Dpe, RegulatoryKind.Dpeg];

    /// <summary>Stands on every page of data that no real building gave.</summary>
    public static Markup Notice(Building building, DataCredit? credit, Language language) => Markup.Of($"""
        {(building.Simulated ? Markup.Of($"""<p class="notice"><strong>{language.Of("Données simulées", "Simulated data")}</strong>{language.Of(" : ce n’est pas un bâtiment réel.", ": not a real building.")}</p>""") : Markup.Empty)}
        {(credit is null ? Markup.Empty : Markup.Of($"""<p class="notice"><strong>{language.Of("Données publiées, rejouées", "Published data, replayed")}</strong>{language.Of(" : ", ": ")}{credit.Title}, {credit.Citation} ({credit.Licence}).</p>"""))}
        """);

    /// <summary>A short mark for lists, or nothing.</summary>
    public static Markup Badge(Building building, Language language) =>
        building.Simulated ? Markup.Of($""" <span class="badge">{language.Of("simulé", "simulated")}</span>""") : Markup.Empty;

    /// <summary>Newest class of the energy performance certificate in a phase, A to G, or null.</summary>
    public static string? Label(RegistrySnapshot registry, string buildingId, Phase phase) => registry.RegulatoryValues
        .Where(v => v.BuildingId == buildingId && v.Phase == phase && v.Label is not null && Certificates.Contains(v.Kind))
        .MaxBy(static v => v.Date)?.Label?.ToUpperInvariant();

    public static string Verdict(TargetVerdict? verdict, Language language) => verdict switch
    {
        TargetVerdict.Met => language.Of("atteint", "met"),
        TargetVerdict.Compatible => language.Of("compatible", "compatible"),
        TargetVerdict.NotMet => language.Of("non atteint", "not met"),
        TargetVerdict.Inconclusive => language.Of("non concluant", "inconclusive"),
        _ => language.Of("sans objectif", "no target"),
    };

    /// <summary>First to last local day.</summary>
    public static string Period(DateTimeOffset from, DateTimeOffset to, NoteNumbers numbers) =>
        $"{numbers.Day(DateOnly.FromDateTime(from.DateTime))} – {numbers.Day(DateOnly.FromDateTime(to.AddTicks(-1).DateTime))}";

    /// <summary>Never rounded up to complete.</summary>
    public static string Percent(double percent, NoteNumbers numbers) => percent >= 100 ? numbers.Number(100L) : numbers.Number(Math.Floor(percent * 10) / 10, 1);

    public static string Address(string buildingId) => "/buildings/" + Uri.EscapeDataString(buildingId);

    public static string PointAddress(string pointId) => "/points/" + Uri.EscapeDataString(pointId);
}
