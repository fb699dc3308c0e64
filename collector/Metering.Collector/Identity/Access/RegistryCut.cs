using Metering.Collector.Identity.Privacy;
using Metering.Core.Registry;

namespace Metering.Collector.Identity.Access;

/// <summary>Cuts a registry to what a user may see.</summary>
/// <param name="pseudonyms">Names for what is inside a dwelling; the same as in exports.</param>
internal sealed class RegistryCut(Pseudonyms pseudonyms)
{
    private readonly Lock gate = new();
    private RegistrySnapshot? lastWhole;
    private RegistrySnapshot? lastPseudonymised;

    public RegistrySnapshot For(CurrentUser user, RegistrySnapshot whole) =>
        user.Role is not { } role ? new RegistrySnapshot()
        : RoleTable.ScopeOf(role) switch
        {
            RoleScope.Everything => whole,
            RoleScope.EverythingPseudonymised => Pseudonymised(whole),
            RoleScope.OwnBuildings => Cut(whole, user.Buildings.ToHashSet(StringComparer.Ordinal), static _ => true),
            _ => Dwellings(whole, user.Dwellings),
        };

    private static RegistrySnapshot Dwellings(RegistrySnapshot whole, IReadOnlyList<DwellingReference> own)
    {
        var buildings = own.Select(d => d.BuildingId).ToHashSet(StringComparer.Ordinal);
        var zones = whole.Zones
            .Where(z => z.DwellingId is { Length: > 0 } dwelling && own.Contains(new DwellingReference(z.BuildingId, dwelling)))
            .Select(z => z.Id)
            .ToHashSet(StringComparer.Ordinal);
        var cut = Cut(whole, buildings, p => p.ZoneId is { } zone && zones.Contains(zone));

        // What the landlord is billed for and promised is no business of an occupant's page.
        return cut with
        {
            Zones = [.. cut.Zones.Where(z => zones.Contains(z.Id))],
            Boards = [],
            Buildings = [.. cut.Buildings.Select(b => b with { Owner = null })],
            Operations = [], Targets = [], RegulatoryValues = [], Invoices = [], Rents = [], IndexVisits = [],
        };
    }

    private static RegistrySnapshot Cut(RegistrySnapshot whole, HashSet<string> buildings, Func<MeteringPoint, bool> visible)
    {
        var own = whole.Buildings.Where(b => buildings.Contains(b.Id)).ToList();
        var sites = own.Select(b => b.SiteId).ToHashSet(StringComparer.Ordinal);
        var kept = whole.Points.Where(p => buildings.Contains(p.BuildingId) && visible(p)).ToList();
        var points = kept.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        return new RegistrySnapshot
        {
            Sites = [.. whole.Sites.Where(s => sites.Contains(s.Id))],
            Operations = [.. whole.Operations
                .Where(o => o.BuildingIds.Any(buildings.Contains))
                .Select(o => o with { BuildingIds = [.. o.BuildingIds.Where(buildings.Contains)] })],
            Buildings = own,
            Zones = [.. whole.Zones.Where(z => buildings.Contains(z.BuildingId))],
            Boards = [.. whole.Boards.Where(b => buildings.Contains(b.BuildingId))],
            Points = kept,
            Assignments = [.. whole.Assignments.Where(a => points.Contains(a.PointId))],
            MeterExchanges = [.. whole.MeterExchanges.Where(e => points.Contains(e.PointId))],
            IndexVisits = [.. whole.IndexVisits.Where(v => points.Contains(v.PointId))],
            Calibrations = [.. whole.Calibrations.Where(c => points.Contains(c.PointId))],
            Factors = whole.Factors,
            Targets = [.. whole.Targets.Where(t => buildings.Contains(t.BuildingId))],
            RegulatoryValues = [.. whole.RegulatoryValues.Where(v => buildings.Contains(v.BuildingId))],
            Invoices = [.. whole.Invoices.Where(i => buildings.Contains(i.BuildingId))],
            Rents = [.. whole.Rents.Where(r => buildings.Contains(r.BuildingId))],
        };
    }

    private RegistrySnapshot Pseudonymised(RegistrySnapshot whole)
    {
        lock (gate)
        {
            if (!ReferenceEquals(lastWhole, whole) || lastPseudonymised is null)
            {
                (lastWhole, lastPseudonymised) = (whole, pseudonyms.Of(whole));
            }

            return lastPseudonymised;
        }
    }
}
