using System.Globalization;
using Metering.Collector.Diagnostics;
using Metering.Collector.Notes;
using Metering.Collector.Storage.Corrections;

namespace Metering.Collector.Web;

/// <summary>What a view of a building stands on, without reading it: equal values give equal views.</summary>
/// <param name="Settings">Registry, dossier, rules and corrections.</param>
/// <param name="NewestSample">Instant of the newest sample of its boards.</param>
internal readonly record struct BuildingBasis(string Settings, DateTimeOffset? NewestSample)
{
    /// <summary>One text of both.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Settings} {NewestSample?.ToUnixTimeSeconds()}");

    public static async Task<BuildingBasis> OfAsync(
        BuildingPart part, NoteRequest request, BoardHealths boards, CorrectionLedger corrections, CancellationToken cancellationToken)
    {
        var ledger = await corrections.ListAsync(null, cancellationToken).ConfigureAwait(false);
        return new BuildingBasis(
            string.Create(CultureInfo.InvariantCulture, $"{SettingsHash.Of(part, request)} {ledger.Count} {ledger.Count(static c => c.Revoked is not null)}"),
            part.Assignments.Select(a => boards.Of(a.Board).LastSample).Max());
    }
}
