using Metering.Collector.Identity.Access;
using Metering.Core.Languages;

namespace Metering.Collector.Identity.Pages;

/// <summary>Roles and permissions in words.</summary>
internal static class RoleText
{
    public static BilingualText Of(Role role) => role switch
    {
        Role.Administrator => new("administrateur", "administrator"),
        Role.Technician => new("technicien", "technician"),
        Role.Landlord => new("bailleur", "landlord"),
        Role.Analyst => new("analyste", "analyst"),
        Role.Occupant => new("occupant", "occupant"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Unknown role."),
    };
}
