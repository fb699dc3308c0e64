using System.Globalization;
using Metering.Core.Readings;

namespace Metering.Core.Registry;

/// <summary>What a registry has to hold to be usable. Each problem is one sentence that names the entry.</summary>
public static class RegistryRules
{
    private const int BoardDigits = 16;

    /// <summary>Every problem of a registry; none when it may be saved.</summary>
    public static IReadOnlyList<string> Check(RegistrySnapshot registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var problems = new List<string>();
        var sites = Ids(problems, "site", registry.Sites.Select(static site => site.Id));
        var buildings = Ids(problems, "building", registry.Buildings.Select(static building => building.Id));
        var zones = Ids(problems, "zone", registry.Zones.Select(static zone => zone.Id));
        var points = Ids(problems, "point", registry.Points.Select(static point => point.Id));
        Ids(problems, "operation", registry.Operations.Select(static operation => operation.Id));
        Ids(problems, "factor", registry.Factors.Select(static factor => factor.Id));
        Ids(problems, "user", registry.Users.Select(static user => user.Name));
        CheckSites(problems, registry);

        References(problems, "building", registry.Buildings, static b => b.Id, static b => b.SiteId, "site", sites);
        References(problems, "zone", registry.Zones, static z => z.Id, static z => z.BuildingId, "building", buildings);
        References(problems, "board", registry.Boards, static b => b.Board, static b => b.BuildingId, "building", buildings);
        References(problems, "point", registry.Points, static p => p.Id, static p => p.BuildingId, "building", buildings);
        References(problems, "point", registry.Points.Where(static p => p.ZoneId is not null), static p => p.Id, static p => p.ZoneId!, "zone", zones);
        References(problems, "assignment", registry.Assignments, static a => a.Key.ToString(), static a => a.PointId, "point", points);
        References(problems, "meter exchange", registry.MeterExchanges, static e => Text(e.At), static e => e.PointId, "point", points);
        References(problems, "index visit", registry.IndexVisits, static v => Text(v.At), static v => v.PointId, "point", points);
        References(problems, "calibration", registry.Calibrations, static c => Text(c.On), static c => c.PointId, "point", points);
        References(problems, "target", registry.Targets, static t => t.Kind, static t => t.BuildingId, "building", buildings);
        References(problems, "regulatory value", registry.RegulatoryValues, static v => v.Kind.ToString(), static v => v.BuildingId, "building", buildings);
        References(problems, "invoice", registry.Invoices, static i => i.DeliveryPoint, static i => i.BuildingId, "building", buildings);
        References(problems, "rent statement", registry.Rents, static r => r.DwellingType, static r => r.BuildingId, "building", buildings);
        foreach (var operation in registry.Operations)
        {
            References(problems, "operation", operation.BuildingIds, _ => operation.Id, static id => id, "building", buildings);
        }

        CheckAssignments(problems, registry);
        CheckInvoices(problems, registry);
        return problems;
    }

    private static void CheckSites(List<string> problems, RegistrySnapshot registry)
    {
        foreach (var site in registry.Sites)
        {
            try
            {
                SiteTime.Zone(site.TimeZone);
            }
            catch (FormatException unknown)
            {
                problems.Add($"site '{site.Id}': {unknown.Message}");
            }

            if (site.Latitude is < -90 or > 90 || site.Longitude is < -180 or > 180)
            {
                problems.Add($"site '{site.Id}': latitude is -90 to 90 and longitude -180 to 180 degrees.");
            }
        }
    }

    private static void CheckAssignments(List<string> problems, RegistrySnapshot registry)
    {
        foreach (var assignment in registry.Assignments)
        {
            if (!IsBoard(assignment.Board))
            {
                problems.Add($"assignment {assignment.Key}: a board is sixteen lower-case hexadecimal digits (EUI-64).");
            }

            if (Quantities.OfChannel(assignment.Channel) != assignment.Quantity)
            {
                problems.Add($"assignment {assignment.Key}: channel '{assignment.Channel}' does not measure {assignment.Quantity}.");
            }

            if (assignment.To <= assignment.From)
            {
                problems.Add($"assignment {assignment.Key}: it ends before it begins.");
            }

            if (assignment.PulseWeightWh <= 0 || assignment.Modulus <= 0)
            {
                problems.Add($"assignment {assignment.Key}: pulse weight and modulus are above 0.");
            }
        }

        Overlaps(problems, registry.Assignments, static a => a.Key.ToString(), "channel serves two points at once");
        Overlaps(problems, registry.Assignments, static a => a.PointId + "/" + a.Quantity, "point is served by two channels at once");
    }

    private static void Overlaps(List<string> problems, IEnumerable<ChannelAssignment> assignments, Func<ChannelAssignment, string> key, string what)
    {
        foreach (var group in assignments.GroupBy(key, StringComparer.Ordinal))
        {
            var ordered = group.OrderBy(static assignment => assignment.From).ToArray();
            for (var i = 1; i < ordered.Length; i++)
            {
                if (ordered[i - 1].To is not { } end || end > ordered[i].From)
                {
                    problems.Add($"{group.Key}: the {what} from {Text(ordered[i].From)}; end the first assignment where the second begins.");
                }
            }
        }
    }

    private static void CheckInvoices(List<string> problems, RegistrySnapshot registry)
    {
        foreach (var invoice in registry.Invoices)
        {
            if (invoice.End <= invoice.Start)
            {
                problems.Add($"invoice {invoice.DeliveryPoint} of {Text(invoice.Start)}: it ends before it begins.");
            }
        }
    }

    private static HashSet<string> Ids(List<string> problems, string what, IEnumerable<string> ids)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (string.IsNullOrWhiteSpace(id))
            {
                problems.Add($"{what}: an empty identifier.");
            }
            else if (!known.Add(id))
            {
                problems.Add($"{what} '{id}': twice.");
            }
        }

        return known;
    }

    private static void References<T>(
        List<string> problems, string what, IEnumerable<T> entries, Func<T, string> name, Func<T, string> reference, string target, HashSet<string> known)
    {
        foreach (var entry in entries)
        {
            if (!known.Contains(reference(entry)))
            {
                problems.Add($"{what} '{name(entry)}': there is no {target} '{reference(entry)}'.");
            }
        }
    }

    private static bool IsBoard(string board) => board is { Length: BoardDigits } && board.All(char.IsAsciiHexDigitLower);

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
