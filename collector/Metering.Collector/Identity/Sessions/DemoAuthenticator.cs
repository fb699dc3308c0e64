using Metering.Collector.Identity.Access;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Identity.Sessions;

/// <summary>
/// The demo on loopback asks nobody for a password: every visitor is its administrator, or has the role that they chose on
/// the page. Used by <c>metering demo</c> only, which listens on loopback and answers to loopback's host names only.
/// </summary>
internal sealed class DemoAuthenticator(RegistryStore registry) : IAuthenticator
{
    public const string RoleCookie = "metering-demo-role";

    public async ValueTask<CurrentUser> AuthenticateAsync(HttpContext context, bool acceptsKeys)
    {
        var role = AccessNames.TryRole(context.Request.Cookies[RoleCookie], out var chosen) ? chosen : Role.Administrator;
        var user = new CurrentUser { Role = role, Name = role.Name(), IsDemo = true };
        if (RoleTable.ScopeOf(role) is not (RoleScope.OwnBuildings or RoleScope.OwnDwellings))
        {
            return user;
        }

        var snapshot = await registry.SnapshotAsync(null, context.RequestAborted).ConfigureAwait(false);
        return user with
        {
            Buildings = [.. snapshot.Buildings.Take(role == Role.Landlord ? 1 : 0).Select(b => b.Id)],
            Dwellings = [.. snapshot.Zones
                .Where(z => role == Role.Occupant && z.DwellingId is { Length: > 0 })
                .Select(z => new DwellingReference(z.BuildingId, z.DwellingId!))
                .Take(1)],
        };
    }
}
