using System.Security.Cryptography;
using System.Text;
using Metering.Core.Registry;

namespace Metering.Collector.Identity.Privacy;

/// <summary>
/// Names that cannot be turned back without the key, and are the same each time: on analysts' pages as in exports.
/// </summary>
/// <param name="key">Secret of the installation (<see cref="PseudonymKey"/>).</param>
public sealed class Pseudonyms(byte[] key)
{
    /// <summary>Hexadecimal digits of a pseudonym: 48 bits, no two of 20,000 dwellings alike (chance below 1e-6).</summary>
    private const int Digits = 12;

    /// <summary>The pseudonym of an id.</summary>
    public string Of(string id) => "p" + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(id)))[..Digits];

    /// <summary>
    /// A registry without persons: buildings keep their id and lose name, owner and address; whatever is inside a dwelling
    /// gets a pseudonym as id and name; meter serial numbers, delivery points, rents, authors and users go.
    /// </summary>
    public RegistrySnapshot Of(RegistrySnapshot whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var inside = whole.Zones.Where(z => z.DwellingId is { Length: > 0 }).Select(z => z.Id).ToHashSet(StringComparer.Ordinal);
        var points = whole.Points.Where(p => p.ZoneId is { } zone && inside.Contains(zone)).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        string Point(string id) => points.Contains(id) ? Of(id) : id;
        return whole with
        {
            Sites = [.. whole.Sites.Select(s => s with { Name = s.Id, Latitude = Coarse(s.Latitude), Longitude = Coarse(s.Longitude) })],
            Operations = [.. whole.Operations.Select(o => o with { Name = o.Id, Laureate = null, Landlord = null, Siret = null, AddressId = null, BuildingRegisterId = null, BuildingDatabaseId = null })],
            Buildings = [.. whole.Buildings.Select(b => b with { Name = b.Id, Owner = null, Address = null })],
            Zones = [.. whole.Zones.Select(z => inside.Contains(z.Id) ? z with { Id = Of(z.Id), Name = Of(z.Id), DwellingId = Of(z.BuildingId + "/" + z.DwellingId) } : z)],
            Boards = [.. whole.Boards.Select(b => b with { Place = null })],
            Points = [.. whole.Points.Select(p => points.Contains(p.Id) ? p with { Id = Of(p.Id), Name = Of(p.Id), ZoneId = Of(p.ZoneId!) } : p)],
            Assignments = [.. whole.Assignments.Select(a => a with { PointId = Point(a.PointId), MeterSerial = null })],
            MeterExchanges = [.. whole.MeterExchanges.Select(e => e with { PointId = Point(e.PointId), OldSerial = null, NewSerial = null, Author = "", Reason = null })],
            IndexVisits = [.. whole.IndexVisits.Select(v => v with { PointId = Point(v.PointId), Author = "" })],
            Calibrations = [.. whole.Calibrations.Select(c => c with { PointId = Point(c.PointId), Author = "" })],
            Invoices = [.. whole.Invoices.Select(i => i with { DeliveryPoint = Of(i.DeliveryPoint) })],
            Rents = [],
            Users = [],
        };
    }

    /// <summary>A tenth of a degree, about 11 km: enough for the climate, not for the street.</summary>
    private static double? Coarse(double? degrees) => degrees is { } value ? Math.Round(value, 1) : null;
}
