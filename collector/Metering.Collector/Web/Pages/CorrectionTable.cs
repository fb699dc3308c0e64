using Metering.Collector.Storage.Corrections;
using Metering.Collector.Web.Html;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;

namespace Metering.Collector.Web.Pages;

/// <summary>Entries of the correction ledger: who, when, why, before, after; revoked ones too.</summary>
internal static class CorrectionTable
{
    /// <param name="corrections">The entries.</param>
    /// <param name="isPseudonymised">An analyst reads what was corrected, not by whom and in which words.</param>
    /// <param name="language">Of the page.</param>
    public static Markup Of(IReadOnlyList<Correction> corrections, bool isPseudonymised, Language language)
    {
        if (corrections.Count == 0)
        {
            return Page.Empty(
                language.Of("Aucune correction : les relevés sont tels que les cartes les ont envoyés.", "No correction: the readings are as the boards sent them."),
                language.Of("Une correction s’inscrit par metering correct ; le relevé d’origine reste.", "A correction is entered by metering correct; the original reading stays."));
        }

        var numbers = new NoteNumbers(language);
        List<Column> columns =
        [
            new("N°"), new(language.Of("Voie", "Channel")), new(language.Of("Période (UTC)", "Period (UTC)")), new(language.Of("Correction", "Correction")),
            new(language.Of("Avant → après", "Before → after")), new(language.Of("État", "State")),
        ];
        if (!isPseudonymised)
        {
            columns.Add(new(language.Of("Par, le, raison", "By, on, reason")));
        }

        return DataTable.Of(language.Of("Corrections", "Corrections"), columns, corrections.OrderByDescending(static c => c.Id).Select(c =>
            (IReadOnlyList<Markup>)[.. Row(c, language, numbers).Take(columns.Count)]));
    }

    private static IEnumerable<Markup> Row(Correction c, Language language, NoteNumbers numbers)
    {
        yield return Markup.Text(numbers.Number(c.Id));
        yield return Markup.Of($"<code>{c.What.Channel.ToString()}</code>");
        yield return Markup.Text($"{numbers.Instant(c.What.From.ToUniversalTime())} – {numbers.Instant(c.What.To.ToUniversalTime())}");
        yield return Markup.Text(c.What.Kind == CorrectionKind.Exclude
            ? language.Of("relevés exclus", "readings taken out")
            : language.Of("ajout de ", "adds ") + Value(c.What.Amount, c.What.Channel, numbers));
        yield return Markup.Text($"{Effect(c.Before, c.What.Channel, language, numbers)} → {Effect(c.After, c.What.Channel, language, numbers)}");
        yield return Markup.Text(c.Revoked is { } revoked
            ? language.Of("annulée le ", "revoked on ") + numbers.Instant(revoked.At)
            : language.Of("en vigueur", "in force"));
        yield return Markup.Of($"""{c.Author}, {numbers.Instant(c.Made)}<br>{c.Reason}{(c.Revoked is { } by ? Markup.Of($"<br>{by.Author} : {by.Reason}") : Markup.Empty)}""");
    }

    private static string Effect(CorrectionEffect effect, ChannelKey channel, Language language, NoteNumbers numbers) =>
        numbers.Number(effect.WithValue) + language.Of(" valeurs", " values")
        + (effect.WithValue == 0 ? "" : $", {Value(effect.Smallest, channel, numbers)} – {Value(effect.Largest, channel, numbers)}");

    private static string Value(long? stored, ChannelKey channel, NoteNumbers numbers)
    {
        if (stored is not { } value || Quantities.OfChannel(channel.Channel) is not { } quantity)
        {
            return NoteNumbers.Missing;
        }

        var scale = Quantities.Scale(quantity);
        return numbers.Quantity((decimal)value / scale, scale > 1 ? 2 : 0, PointWords.Unit(quantity, numbers.Language));
    }
}
