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

    public static BilingualText Of(Permission permission) => permission switch
    {
        Permission.UseAccount => new("utiliser son compte", "use one’s account"),
        Permission.ViewBuildings => new("voir bâtiments et notes", "see buildings and notes"),
        Permission.ViewReadings => new("lire les séries hors logement", "read series outside of dwellings"),
        Permission.ViewPersonalReadings => new("lire les séries des logements (données personnelles)", "read series of dwellings (personal data)"),
        Permission.ViewDwelling => new("voir la page d’un logement", "see the page of a dwelling"),
        Permission.ViewBoards => new("voir les cartes", "see boards"),
        Permission.ViewQuality => new("voir la qualité des données", "see data quality"),
        Permission.ViewAlerts => new("voir les alertes", "see alerts"),
        Permission.AcknowledgeAlerts => new("acquitter les alertes", "acknowledge alerts"),
        Permission.Commission => new("mettre en service", "commission"),
        Permission.CorrectReadings => new("corriger les relevés", "correct readings"),
        Permission.EditRegistry => new("modifier le registre", "edit the registry"),
        Permission.ExportData => new("exporter", "export"),
        Permission.ViewMetrics => new("lire les mesures du collecteur", "read the collector’s metrics"),
        Permission.ManageUsers => new("gérer les comptes", "manage accounts"),
        Permission.ReadAuditLog => new("lire le journal d’audit", "read the audit log"),
        Permission.ManagePrivacy => new("conserver et effacer les données personnelles", "retain and erase personal data"),
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "Unknown permission."),
    };
}
