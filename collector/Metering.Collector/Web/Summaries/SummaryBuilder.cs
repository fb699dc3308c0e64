using Metering.Collector.Diagnostics;
using Metering.Collector.Jobs;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Core.Energy;
using Metering.Core.Notes;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;
using Metering.Core.Savings;

namespace Metering.Collector.Web.Summaries;

/// <summary>Computes the summary of a building from the model that its note is written from.</summary>
internal sealed class SummaryBuilder(IReadingStore store, NoteRequests requests, CorrectionLedger corrections)
{
    /// <summary>What a summary of this building would be computed from now: equal texts give equal summaries.</summary>
    public async Task<string> BasisAsync(string buildingId, RegistrySnapshot registry, BoardHealths boards, CancellationToken cancellationToken)
    {
        var request = await requests.OfAsync(buildingId, cancellationToken).ConfigureAwait(false);
        return (await BuildingBasis.OfAsync(BuildingPart.Of(registry, buildingId), request, boards, corrections, cancellationToken).ConfigureAwait(false)).ToString();
    }

    /// <summary>Reads the building and sums it up.</summary>
    public async Task<BuildingSummary> BuildAsync(
        string buildingId, RegistrySnapshot registry, string basis, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = await requests.OfAsync(buildingId, cancellationToken).ConfigureAwait(false);
        var empty = new BuildingSummary { BuildingId = buildingId, Made = now, Basis = basis };
        NoteModel model;
        try
        {
            model = await NoteService.BuildAsync(request, store, registry, cancellationToken).ConfigureAwait(false);
        }
        catch (NoteException)
        {
            return empty;
        }

        var report = await new Verification(store, registry)
            .RunAsync(buildingId, model.Period.From, model.Period.To, request.Quarantined, cancellationToken).ConfigureAwait(false);
        var indicators = Indicators.Of(model);
        return empty with
        {
            From = model.Period.From,
            To = model.Period.To,
            EnergyKwh = model.Consumption.Any(static c => c.EnergyKwh is not null)
                ? FollowUpBuilder.Boundary(model.Consumption).Sum(static c => c.EnergyKwh ?? 0)
                : null,
            Stored = model.Completeness.Sum(static row => row.Months.Sum(static m => Math.Min(m.Stored, m.Expected))),
            Expected = model.Completeness.Sum(static row => row.Months.Sum(static m => m.Expected)),
            Verdicts = [.. new[] { indicators.ConsumptionKwhM2, indicators.SavingsPercent, indicators.OutsidePercent, indicators.CostEur }
                .Select(static indicator => indicator.Verdict).OfType<TargetVerdict>().OrderBy(Gravity)],
            Gaps = report.Circuits.Sum(static c => c.Audit.Gaps.Count) + report.Sensors.Sum(static s => s.Gaps.Count),
            Unexplained = report.Circuits.Sum(static c => c.Unreported.Union(c.Audit.Gaps.Where(static g => !g.IsExplained && g.Kind != AuditGapKind.NotMeasured)).Count())
                + report.Sensors.Sum(static s => s.Gaps.Count(static g => !g.IsExplained)),
        };
    }

    private static int Gravity(TargetVerdict verdict) => verdict switch
    {
        TargetVerdict.NotMet => 0,
        TargetVerdict.Inconclusive => 1,
        TargetVerdict.Compatible => 2,
        _ => 3,
    };
}
