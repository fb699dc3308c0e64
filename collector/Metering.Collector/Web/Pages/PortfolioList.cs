using Metering.Collector.Diagnostics;
using Metering.Collector.Web.Summaries;
using Metering.Core.Registry;
using Metering.Core.Savings;

namespace Metering.Collector.Web.Pages;

/// <summary>One building in the list.</summary>
/// <param name="Building">The building.</param>
/// <param name="Site">Name of its site.</param>
/// <param name="LabelBefore">Class before the works, or null.</param>
/// <param name="LabelAfter">Class after them, or null.</param>
/// <param name="Summary">What was summed up, or null: not yet.</param>
/// <param name="Boards">Boards that serve it now.</param>
/// <param name="Silent">Of these, those that are not heard.</param>
internal sealed record PortfolioRow(
    Building Building, string Site, string? LabelBefore, string? LabelAfter, BuildingSummary? Summary, int Boards, int Silent)
{
    /// <summary>The class now.</summary>
    public string? Label => LabelAfter ?? LabelBefore;

    /// <summary>The gravest verdict, or null: no target.</summary>
    public TargetVerdict? Verdict => Summary is { Verdicts: [var worst, ..] } ? worst : null;
}

/// <summary>Puts the list together: one pass over the registry, whatever the number of buildings.</summary>
internal static class PortfolioList
{
    public static IReadOnlyList<PortfolioRow> Of(RegistrySnapshot registry, SummaryStore summaries, BoardHealths health)
    {
        var sites = registry.Sites.ToDictionary(static s => s.Id, static s => s.Name, StringComparer.Ordinal);
        var buildingOfPoint = registry.Points.ToDictionary(static p => p.Id, static p => p.BuildingId, StringComparer.Ordinal);
        var boards = registry.Assignments.Where(a => a.To is null && buildingOfPoint.ContainsKey(a.PointId))
            .GroupBy(a => buildingOfPoint[a.PointId], static a => a.Board, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Distinct(StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
        var labels = registry.RegulatoryValues.Where(static v => v.Label is not null && v.Kind is RegulatoryKind.Dpe or RegulatoryKind.Dpeg)
            .GroupBy(static v => (v.BuildingId, v.Phase)).ToDictionary(static g => g.Key, static g => g.MaxBy(static v => v.Date)!.Label!.ToUpperInvariant());
        return [.. registry.Buildings.Select(b =>
        {
            var own = boards.GetValueOrDefault(b.Id) ?? [];
            return new PortfolioRow(
                b, sites.GetValueOrDefault(b.SiteId, ""), labels.GetValueOrDefault((b.Id, Phase.Before)), labels.GetValueOrDefault((b.Id, Phase.After)),
                summaries.Find(b.Id), own.Count, own.Count(board => health.Of(board).Condition != BoardCondition.Online));
        })];
    }
}
