namespace Metering.Collector.Identity.Access;

/// <summary>One thing that may be allowed. An endpoint names one; docs/security.md says in words what each opens.</summary>
public enum Permission
{
    /// <summary>Own account: password, API keys, leaving.</summary>
    UseAccount = 0,

    /// <summary>Portfolio, building, note: sums and distributions by room or use.</summary>
    ViewBuildings = 1,

    /// <summary>Series and readings of metering points that are in no dwelling.</summary>
    ViewReadings = 2,

    /// <summary>Series and readings of metering points inside a dwelling: personal data.</summary>
    ViewPersonalReadings = 3,

    /// <summary>The page of one dwelling.</summary>
    ViewDwelling = 4,

    /// <summary>Boards: health, last seen, firmware, clock.</summary>
    ViewBoards = 5,

    /// <summary>Gaps, flags, quarantine, corrections.</summary>
    ViewQuality = 6,

    ViewAlerts = 7,
    AcknowledgeAlerts = 8,

    /// <summary>Live pulses, acceptance of a meter, configuration of boards.</summary>
    Commission = 9,

    /// <summary>Entries in the correction ledger, replay of quarantine.</summary>
    CorrectReadings = 10,

    /// <summary>Sites, buildings, points, assignments, invoices.</summary>
    EditRegistry = 11,

    /// <summary>Data packages and tables as files.</summary>
    ExportData = 12,

    /// <summary>Figures of the running collector (/metrics).</summary>
    ViewMetrics = 13,

    ManageUsers = 14,
    ReadAuditLog = 15,

    /// <summary>Retention and erasure of personal data.</summary>
    ManagePrivacy = 16,
}
