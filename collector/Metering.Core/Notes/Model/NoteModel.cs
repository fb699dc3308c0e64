using Metering.Core.Notes.Dossier;
using Metering.Core.Obligations;
using Metering.Core.Registry;

namespace Metering.Core.Notes.Model;

/// <summary>
/// Everything that a note says about one building in one period, as values: no words, no format, no clock. The same model
/// gives the same note, byte for byte (law 11).
/// </summary>
public sealed record NoteModel
{
    public required Building Building { get; init; }
    public required Site Site { get; init; }
    public required NotePeriod Period { get; init; }

    /// <summary>Energy, one entry a metering point, in the order of the registry.</summary>
    public required IReadOnlyList<PointConsumption> Consumption { get; init; }

    /// <summary>Indoor climate, one entry a room.</summary>
    public required IReadOnlyList<RoomClimate> Rooms { get; init; }

    /// <summary>Share of the expected samples that is stored, by channel and month.</summary>
    public required IReadOnlyList<CompletenessRow> Completeness { get; init; }

    public required Provenance Provenance { get; init; }

    /// <summary>Entries of the correction ledger that touch the readings of this note, revoked ones too, oldest first.</summary>
    public IReadOnlyList<LedgerCorrection> Corrections { get; init; } = [];

    /// <summary>Whose data these are, where they are not the building's own.</summary>
    public DataCredit? Credit { get; init; }

    /// <summary>What people know and no meter measures.</summary>
    public NoteDossier Dossier { get; init; } = NoteDossier.Empty;

    /// <summary>What the building's call asks for, or null: no call on record.</summary>
    public CallRules? Call { get; init; }

    /// <summary>What measures.</summary>
    public MeasuringSetUp SetUp { get; init; } = MeasuringSetUp.Empty;

    /// <summary>Before against after, where the works have been received.</summary>
    public FollowUp? FollowUp { get; init; }

    /// <summary>The seven days with the hottest indoor air.</summary>
    public HottestWeek? HottestWeek { get; init; }

    /// <summary>Invoices beside the meters.</summary>
    public IReadOnlyList<InvoiceCheck> Invoices { get; init; } = [];
}

/// <summary>The period of a note, instants in the site's local time.</summary>
/// <param name="From">First instant (inclusive).</param>
/// <param name="To">Last instant (exclusive).</param>
public readonly record struct NotePeriod(DateTimeOffset From, DateTimeOffset To)
{
    public double Days => (To - From).TotalDays;
}

/// <param name="Invoice">The invoice.</param>
/// <param name="MeteredKwh">Energy of the meters in its days, or null: some day is missing.</param>
public sealed record InvoiceCheck(NoteInvoice Invoice, decimal? MeteredKwh)
{
    /// <summary>Meters over invoice minus one, %.</summary>
    public double? DeviationPercent => MeteredKwh is { } metered && Invoice.Kwh != 0 ? (double)(100 * (metered / Invoice.Kwh - 1)) : null;
}

/// <summary>A published data set that was replayed, with the citation that its licence asks for.</summary>
public sealed record DataCredit(string Title, string Citation, string Licence, string Remark);

/// <summary>What a note stands on. Printed, so that a re-issue can be told from the first.</summary>
public sealed record Provenance
{
    /// <summary>The instant that the note was made for: an argument, never the machine's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Hash of the readings and corrections that were read.</summary>
    public required string DataHash { get; init; }

    /// <summary>Readings that were read.</summary>
    public long Readings { get; init; }

    /// <summary>What was read, the baseline and the reading at the very end included.</summary>
    public NotePeriod Read { get; init; }

    /// <summary>Hash of registry, rules and dossier.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Messages that could not be read and wait in quarantine.</summary>
    public long Quarantined { get; init; }
}
