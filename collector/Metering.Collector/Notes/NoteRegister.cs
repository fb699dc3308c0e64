using System.Security.Cryptography;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Languages;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Model;

namespace Metering.Collector.Notes;

/// <summary>
/// Enters the notes that are handed out, so that late readings and corrections re-open them, and tells a re-issue from the
/// issue that it replaces (law 7).
/// </summary>
/// <param name="database">The store that the note is made from.</param>
/// <param name="part">The building.</param>
/// <param name="model">The note.</param>
/// <param name="language">Its language.</param>
/// <param name="open">Whether the note runs to the last reading there is, instead of to a given end.</param>
internal sealed class NoteRegister(SqliteDatabase database, BuildingPart part, NoteModel model, Language language, bool open)
{
    private readonly IssuedNotes notes = new(database);

    private string Code => language == Language.French ? "fr" : "en";

    /// <summary>The document with what changed since the issue that it replaces, and that issue; unchanged when there is none.</summary>
    public async Task<(NoteDocument Document, ReplacedNote? Replaced)> CompareAsync(NoteDocument document, CancellationToken cancellationToken)
    {
        var p = model.Provenance;
        var entry = await notes.ReplacedAsync(
            model.Building.Id, model.Period.From, model.Period.To, Code, p.DataHash, p.SettingsHash, cancellationToken).ConfigureAwait(false);
        if (entry is null || await notes.ValuesAsync(entry.Id, cancellationToken).ConfigureAwait(false) is not { } before)
        {
            return (document, null);
        }

        var changes = NoteChanges.Between(before, NoteValues.Of(document));
        var version = entry.Note.Basis.Version;
        return (
            NoteReissue.WithChanges(document, changes, new ReplacedIssue(entry.Issued, version.Hash, version.Readings)),
            new ReplacedNote(entry, changes.Count, p.Readings - version.Readings));
    }

    /// <summary>Enters the note, durable when the task completes.</summary>
    /// <param name="document">What was written, before the section on changes was added.</param>
    /// <param name="format">Its format.</param>
    /// <param name="file">Where.</param>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task AddAsync(NoteDocument document, string format, string file, byte[] content, CancellationToken cancellationToken)
    {
        var p = model.Provenance;
        var note = new IssuedNote
        {
            BuildingId = model.Building.Id,
            From = model.Period.From,
            To = model.Period.To,
            Language = Code,
            Format = format,
            // A note of all readings so far ends before the next one, which is not late.
            Basis = new NoteBasis(
                [.. part.Assignments.Select(a => a.Key).Distinct()], p.Read.From, open ? model.Period.To : p.Read.To, new DataVersion(p.DataHash, p.Readings), p.SettingsHash),
            FileHash = Convert.ToHexStringLower(SHA256.HashData(content)),
            FileName = Path.GetFileName(file),
        };
        return notes.AddAsync(note, NoteValues.Of(document), cancellationToken);
    }
}

/// <summary>The issue that a new one replaces.</summary>
/// <param name="Entry">As it is in the register.</param>
/// <param name="Changes">Values that differ.</param>
/// <param name="Readings">Readings that the new issue has more, or fewer when negative.</param>
internal sealed record ReplacedNote(IssuedNoteEntry Entry, int Changes, long Readings);
