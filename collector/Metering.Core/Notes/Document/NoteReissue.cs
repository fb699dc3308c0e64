using System.Globalization;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Document;

/// <summary>Adds to a note what changed since its last issue.</summary>
public static class NoteReissue
{
    /// <summary>Changes printed; more are counted.</summary>
    public const int ChangesMax = 400;

    /// <param name="document">The new issue.</param>
    /// <param name="changes">What differs.</param>
    /// <param name="replaced">The issue that it replaces, or null: values of a file were compared with.</param>
    public static NoteDocument WithChanges(NoteDocument document, IReadOnlyList<NoteChange> changes, ReplacedIssue? replaced = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(changes);
        var l = document.Language;
        var numbers = new NoteNumbers(l);
        List<NoteBlock> blocks = replaced is null ? [] : [Replaced(replaced, document, numbers)];
        blocks.Add(changes.Count == 0
            ? new ParagraphBlock(l.Of("Aucune valeur n’a changé depuis l’édition comparée.", "No value has changed since the issue compared with."))
            : new TableBlock(new NoteTable(
                document.Tables().Count() + 1, "changes", l.Of("Valeurs changées depuis l’édition comparée, n = ", "Values changed since the issue compared with, n = ") + numbers.Number(changes.Count),
                [new(l.Of("Tableau / ligne / colonne", "Table / row / column")), new(l.Of("Avant", "Before")), new(l.Of("Maintenant", "Now"))],
                [.. changes.Take(ChangesMax).Select(c => (IReadOnlyList<NoteCell>)[NoteCell.Of(c.Place), Cell(c.Before), Cell(c.After)])],
                l.Of("valeurs des deux éditions", "values of both issues"),
                changes.Count > ChangesMax ? [l.Of("Liste coupée à ", "List cut at ") + numbers.Number(ChangesMax) + "."] : [])));
        return document with
        {
            Sections = [.. document.Sections, new NoteSection("F", 1, l.Of("Ce qui a changé", "What has changed"), blocks, NewPage: true)],
        };
    }

    private static ParagraphBlock Replaced(ReplacedIssue replaced, NoteDocument document, NoteNumbers numbers)
    {
        var l = document.Language;
        var at = replaced.Issued.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        return new ParagraphBlock(
            l.Of("Cette édition remplace celle du ", "This issue replaces the one of ") + at
            + l.Of(" (empreinte des données ", " (hash of the data ") + replaced.DataHash + l.Of(" ; mesures lues : ", "; readings read: ") + numbers.Number(replaced.Readings) + ").");
    }

    private static NoteCell Cell(string value) =>
        decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? NoteCell.Of(number, number.Scale)
            : value.Length == 0 ? NoteCell.Missing : NoteCell.Of(value);
}

/// <summary>An earlier issue of a note, as the register of notes has it.</summary>
/// <param name="Issued">When it was handed out.</param>
/// <param name="DataHash">Version of the readings that it stands on.</param>
/// <param name="Readings">How many.</param>
public sealed record ReplacedIssue(DateTimeOffset Issued, string DataHash, long Readings);
