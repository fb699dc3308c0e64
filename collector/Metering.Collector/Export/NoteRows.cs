using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Collector.Export;

/// <summary>
/// Every number and sentence of a building's note, so that whoever holds the package can check the note and the other way
/// round. What names a dwelling or a person becomes a pseudonym or stays away.
/// </summary>
internal sealed class NoteRows(BuildingPart part, NoteDossier dossier, PersonalData personal, IReadOnlyDictionary<PackageTable, TableSink> sinks)
{
    /// <summary>Tables that hold sums of the building and nothing of a dwelling: all that leaves without consent.</summary>
    private static readonly HashSet<string> SumTables = new(StringComparer.Ordinal)
    {
        "operation", "works", "targets", "before-after", "energy-cost", "models", "savings", "adjustments", "regulatory", "results", "call", "stands-on", "arra", "fnap",
        "fnap-measured", "heat-delivery", "heat-network-years", "bepos-balance", "scoring",
    };

    private readonly Dictionary<string, string> _names = Names(part, dossier, personal);

    public async Task AddAsync(ExportRequest request, IReadingStore store, RegistrySnapshot registry, NotePeriod extent, CancellationToken cancellationToken)
    {
        if (!personal.SumsAllowed)
        {
            return;
        }

        var note = new NoteRequest
        {
            BuildingId = part.Building.Id, Version = request.Version, Dossier = request.Dossier(part.Building.Id), Calls = request.Calls, Quarantined = request.Quarantined,
        };
        if (NotePeriods.FollowUp(part.Building, part.Site, dossier, extent) is not null)
        {
            var (from, to) = NotePeriods.Read("two-years", part.Building, part.Site);
            note = note with { From = from, To = to };
        }

        Add(NoteComposer.Compose(await NoteService.BuildAsync(note, store, registry, cancellationToken).ConfigureAwait(false), request.Language));
    }

    private void Add(NoteDocument document)
    {
        var id = part.Building.Id;
        var values = sinks[PackageTables.NoteValues];
        var tile = 0;
        foreach (var t in document.Tiles().Where(_ => personal.SeriesAllowed))
        {
            tile++;
            if (t.Figure.Value is { } value)
            {
                values.Add(id, "synthesis", tile, 1, t.Name, t.Name, t.Unit, value, t.Figure.Decimals, t.Figure.Doubtful);
            }
        }

        foreach (var table in document.Tables().Where(t => personal.SeriesAllowed || SumTables.Contains(t.Key)))
        {
            for (var r = 0; r < table.Rows.Count; r++)
            {
                var row = table.Rows[r];
                for (var c = 0; c < row.Count; c++)
                {
                    if (row[c].Value is { } value)
                    {
                        values.Add(
                            id, table.Key, r + 1, c + 1, Public(row[0].Text), Public(table.Columns[c].Heading), table.Columns[c].Unit, value, row[c].Decimals, row[c].Doubtful);
                    }
                }
            }
        }

        // Sentences may name rooms and people: they leave only where nobody lives.
        var position = 0;
        foreach (var text in NoteTexts.Of(document).Where(_ => !personal.Residential))
        {
            sinks[PackageTables.NoteTexts].Add(id, ++position, text.Section, text.Text);
        }
    }

    private string? Public(string? name) => name is not null && _names.TryGetValue(name, out var pseudonym) ? pseudonym : name;

    private static Dictionary<string, string> Names(BuildingPart part, NoteDossier dossier, PersonalData personal)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var invoice in dossier.Invoices)
        {
            names[invoice.Pdl] = personal.Pseudonym(invoice.Pdl);
        }

        foreach (var charter in dossier.Charters)
        {
            names[charter.Recipient] = personal.Pseudonym(charter.Recipient);
        }

        foreach (var zone in part.Zones.Where(z => personal.InDwelling(z.Id)))
        {
            names[zone.Name] = personal.Pseudonym(zone.Id);
        }

        foreach (var point in part.Points.Where(p => personal.InDwelling(p.ZoneId)))
        {
            names[point.Name] = personal.Point(point);
            names[point.Id] = personal.Point(point);
        }

        return names;
    }
}
