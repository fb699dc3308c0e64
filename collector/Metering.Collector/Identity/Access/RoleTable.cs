using System.Collections.Frozen;

namespace Metering.Collector.Identity.Access;

/// <summary>
/// The table role × permission, in one place. docs/security.md shows it and a test compares the two.
/// </summary>
public static class RoleTable
{
    private static readonly FrozenDictionary<Permission, Role[]> Allowed = new Dictionary<Permission, Role[]>
    {
        [Permission.UseAccount] = [Role.Administrator, Role.Technician, Role.Landlord, Role.Analyst, Role.Occupant],
        [Permission.ViewBuildings] = [Role.Administrator, Role.Technician, Role.Landlord, Role.Analyst],
        [Permission.ViewReadings] = [Role.Administrator, Role.Technician, Role.Landlord, Role.Analyst, Role.Occupant],
        [Permission.ViewPersonalReadings] = [Role.Administrator, Role.Technician, Role.Analyst, Role.Occupant],
        [Permission.ViewDwelling] = [Role.Administrator, Role.Occupant],
        [Permission.ViewBoards] = [Role.Administrator, Role.Technician, Role.Landlord],
        [Permission.ViewQuality] = [Role.Administrator, Role.Technician, Role.Landlord, Role.Analyst],
        [Permission.ViewAlerts] = [Role.Administrator, Role.Technician, Role.Landlord],
        [Permission.AcknowledgeAlerts] = [Role.Administrator, Role.Technician],
        [Permission.Commission] = [Role.Administrator, Role.Technician],
        [Permission.CorrectReadings] = [Role.Administrator, Role.Technician],
        [Permission.EditRegistry] = [Role.Administrator, Role.Technician],
        [Permission.ExportData] = [Role.Administrator, Role.Landlord, Role.Analyst],
        [Permission.ViewMetrics] = [Role.Administrator, Role.Technician],
        [Permission.ManageUsers] = [Role.Administrator],
        [Permission.ReadAuditLog] = [Role.Administrator],
        [Permission.ManagePrivacy] = [Role.Administrator],
    }.ToFrozenDictionary();

    /// <summary>Whether a role has a permission, within its <see cref="ScopeOf"/>.</summary>
    public static bool Allows(Role role, Permission permission) => Allowed.TryGetValue(permission, out var roles) && roles.Contains(role);

    /// <summary>What part of the registry a role sees.</summary>
    public static RoleScope ScopeOf(Role role) => role switch
    {
        Role.Landlord => RoleScope.OwnBuildings,
        Role.Analyst => RoleScope.EverythingPseudonymised,
        Role.Occupant => RoleScope.OwnDwellings,
        Role.Administrator or Role.Technician => RoleScope.Everything,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Unknown role."),
    };

    /// <summary>What an API key may be given: reading, and what a script does every day. Never users, audit log, privacy, account.</summary>
    public static IReadOnlyList<Permission> KeyScopes { get; } =
    [
        Permission.ViewBuildings, Permission.ViewReadings, Permission.ViewPersonalReadings, Permission.ViewBoards,
        Permission.ViewQuality, Permission.ViewAlerts, Permission.AcknowledgeAlerts, Permission.CorrectReadings,
        Permission.EditRegistry, Permission.ExportData, Permission.ViewMetrics,
    ];
}
