using Metering.Collector.Storage.Corrections;
using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>A note that was handed out, and the data it stands on.</summary>
public sealed record IssuedNote
{
    public required string BuildingId { get; init; }

    /// <summary>Begin of its period.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of its period, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>fr or en.</summary>
    public required string Language { get; init; }

    /// <summary>html, pdf, docx, xlsx or csv.</summary>
    public required string Format { get; init; }

    /// <summary>What it was made from.</summary>
    public required NoteBasis Basis { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required string FileHash { get; init; }

    /// <summary>Name it was written under, without folder.</summary>
    public required string FileName { get; init; }
}

/// <summary>What a note stands on.</summary>
/// <param name="Channels">Channels whose readings it was made from.</param>
/// <param name="From">First instant read: earlier than the note's period where a baseline is compared with.</param>
/// <param name="To">End of what was read, exclusive.</param>
/// <param name="Version">Version of those readings.</param>
/// <param name="SettingsHash">Hash of registry, rules and dossier.</param>
public sealed record NoteBasis(IReadOnlyList<ChannelKey> Channels, DateTimeOffset From, DateTimeOffset To, DataVersion Version, string SettingsHash);

/// <summary>An entry of the register of notes.</summary>
public sealed record IssuedNoteEntry(long Id, DateTimeOffset Issued, IssuedNote Note);

/// <summary>A note that late readings or a correction re-opened: its data now have another version.</summary>
/// <param name="Entry">The note.</param>
/// <param name="Now">The version of its data now.</param>
/// <param name="Corrections">Entries of the ledger made or revoked since it was handed out.</param>
public sealed record ReopenedNote(IssuedNoteEntry Entry, DataVersion Now, IReadOnlyList<Correction> Corrections);
