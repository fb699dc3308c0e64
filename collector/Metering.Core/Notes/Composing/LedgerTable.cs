using System.Globalization;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;

namespace Metering.Core.Notes.Composing;

/// <summary>The corrections that touch a note, from the store's ledger and from the dossier (law 8).</summary>
internal static class LedgerTable
{
    public static NoteBlock Of(Composition c)
    {
        List<IReadOnlyList<NoteCell>> rows = [.. c.Model.Corrections.OrderBy(e => e.Number).Select(e => Row(c, e)), .. c.Dossier.Corrections.Select(e => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(Instant(e.At)), NoteCell.Of(e.Author), NoteCell.Of(e.Subject), NoteCell.Of(e.Reason), NoteCell.Of(e.Before), NoteCell.Of(e.After),
        ])];
        return rows.Count == 0
            ? new ParagraphBlock(c.Of("Corrections : aucune.", "Corrections: none."))
            : c.Table("corrections", c.Of("Registre des corrections", "Ledger of corrections"),
                [new("Date"), new(c.Of("Auteur", "Author")), new(c.Of("Objet", "Subject")), new(c.Of("Motif", "Reason")), new(c.Of("Avant", "Before")), new(c.Of("Après", "After"))],
                rows,
                c.Of("registre des corrections ; les mesures brutes ne sont jamais réécrites", "ledger of corrections; raw readings are never rewritten"));
    }

    private static IReadOnlyList<NoteCell> Row(Composition c, LedgerCorrection e)
    {
        var reason = e.Revoked is { } by
            ? e.Reason + c.Of(" (annulée le ", " (revoked on ") + Instant(by.At) + c.Of(" par ", " by ") + by.Author + c.Of(" : ", ": ") + by.Reason + ")"
            : e.Reason;
        return
        [
            NoteCell.Of(Instant(e.Made)), NoteCell.Of(e.Author), NoteCell.Of(Subject(c, e)), NoteCell.Of(reason),
            NoteCell.Of(Values(c, e.Before, e.Quantity)), NoteCell.Of(e.Revoked is null ? Values(c, e.After, e.Quantity) : c.Of("sans effet", "no effect")),
        ];
    }

    /// <summary>No 3: Séjour, 0024befffe804ff1/t1, +0.40 °C, from … to …</summary>
    private static string Subject(Composition c, LedgerCorrection e)
    {
        var what = e.Amount is { } amount
            ? (amount >= 0 ? "+" : "") + Value(c, amount, e.Quantity)
            : c.Of("mesures écartées", "readings taken out");
        var place = (e.Point is null ? "" : e.Point + ", ") + e.Channel;
        return c.Of("n° ", "no. ") + c.Numbers.Number(e.Number) + c.Of(" : ", ": ") + place + ", " + what
            + c.Of(", du ", ", from ") + Instant(e.From) + c.Of(" au ", " to ") + Instant(e.To) + c.Of(" (exclu)", " (excluded)");
    }

    private static string Values(Composition c, LedgerValues values, Quantity quantity)
    {
        var count = c.Numbers.Number(values.WithValue) + (values.WithValue == 1 ? c.Of(" valeur", " value") : c.Of(" valeurs", " values"));
        return values is { First: { } first, Last: { } last }
            ? count + c.Of(", de ", ", ") + Value(c, first, quantity) + c.Of(" à ", " to ") + Value(c, last, quantity)
            : count;
    }

    private static string Value(Composition c, long stored, Quantity quantity)
    {
        var scale = Quantities.Scale(quantity);
        var unit = quantity == Quantity.PulseRegister ? c.Of("impulsions", "pulses") : Quantities.Symbol(quantity);
        return c.Numbers.Quantity((decimal)stored / scale, scale == 1 ? 0 : 2, unit);
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
