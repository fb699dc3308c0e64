using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Core.Languages;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Fleet;
using Metering.Core.Notes.Model;
using Metering.Core.Obligations;
using Metering.Core.Registry;

namespace Metering.Collector.Export;

/// <summary>The annual progress report of a fleet, building by building: memory holds one building's readings at a time.</summary>
internal static class ProgressExport
{
    /// <summary>Call that asks for the report.</summary>
    private const string CallKey = "cd2e";

    /// <param name="folder">Folder of the store: dossiers, and <c>fleet.txt</c> for what people write.</param>
    /// <param name="ids">Buildings.</param>
    /// <param name="year">Year, or null: the last that some building was measured whole, or else has a reading.</param>
    /// <param name="language">Language.</param>
    /// <param name="calls">Rules of the calls.</param>
    /// <param name="store">Readings.</param>
    /// <param name="registry">Registry.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<NoteDocument> ComposeAsync(
        string folder, IReadOnlyList<string> ids, int? year, Language language, CallCatalogue calls, IReadingStore store, RegistrySnapshot registry, CancellationToken cancellationToken)
    {
        var buildings = new List<FleetBuilding>();
        foreach (var id in ids)
        {
            var part = BuildingPart.Of(registry, id);
            var dossier = RegistryDossier.Fill(NoteDossierFiles.Read(folder, id, language), registry, part.Building);
            NoteModel? model = null;
            if (await HasReadingsAsync(part, store, cancellationToken).ConfigureAwait(false))
            {
                model = await NoteService.BuildAsync(
                    new NoteRequest { BuildingId = id, Version = ProductVersion.Text, Calls = calls, Dossier = dossier }, store, registry, cancellationToken).ConfigureAwait(false);
            }

            buildings.Add(FleetBuilding.Of(part.Building, part.Site, dossier, model, new PersonalData(part.Building, dossier, part.Zones, []).SumsAllowed));
        }

        var reported = year ?? buildings.Max(b => b.LastWholeYear) ?? buildings.Max(b => b.LastYear)
            ?? throw new NoteException("--year: no building has a reading; name the year of the report.");
        return ProgressReport.Compose(
            new ProgressInput(buildings, reported, calls.Find(CallKey)!, NoteDossierFiles.ReadNarrative(Path.Combine(folder, "fleet.txt")), ProductVersion.Text), language);
    }

    private static async Task<bool> HasReadingsAsync(BuildingPart part, IReadingStore store, CancellationToken cancellationToken)
    {
        foreach (var a in part.Assignments)
        {
            if (await store.ExtentAsync(a.Key, a.From, a.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
