using Metering.Core.Notes.Document;
using Metering.Core.Notes.Text;
using Metering.Core.Obligations;

namespace Metering.Core.Notes.Composing.CallSheets;

/// <summary>
/// E' and its terms, calculated beside measured, E' and its opposite both, and the verdict under either reading of the sign: the
/// call prints one thing and defines another.
/// </summary>
internal static class BeposBalanceSheet
{
    public static IReadOnlyList<NoteBlock> Blocks(Composition c, CallRules call)
    {
        var terms = BeposTerms.Of(c.Model);
        var (calculated, measured) = (terms.Calculated, terms.Measured);
        var rows = terms.Terms.Select(t => Row(Name(c, t.Key), t.Calculated, t.Measured)).ToList();
        rows.Add(Row("E'C + E'W + E'L + E'AV", calculated?.Consumption, measured?.Consumption));
        rows.Add(Row(c.Of("E' = consommation − production", "E' = consumption − production"), calculated?.EPrime, measured?.EPrime));
        rows.Add(Row(c.Of("bilan = production − consommation", "balance = production − consumption"), calculated?.Balance, measured?.Balance));
        var signs = new List<IReadOnlyList<NoteCell>>
        {
            Sign(c.Of("E' ≥ 0, tel qu’imprimé au § 3.1.4", "E' ≥ 0, as § 3.1.4 prints it"), b => b.EPrime >= 0),
            Sign(c.Of("bilan ≥ 0, conforme à la définition du § 3.1", "balance ≥ 0, as § 3.1 defines it"), b => b.Balance >= 0),
        };
        var blocks = new List<NoteBlock>
        {
            c.Table("bepos-balance", c.Of("Termes de E'", "Terms of E'"),
                [new(c.Of("Terme", "Term")), new(c.Of("Calculé (importé)", "Calculated (imported)"), terms.Unit), new(c.Of("Mesuré", "Measured"), terms.Unit)],
                rows, c.Of("valeurs réglementaires importées ; compteurs", "imported regulatory values; meters"),
                terms.Year > 0
                    ? c.Of("Mesure : année ", "Measurement: year ") + c.Numbers.Number(terms.Year) + c.Of(" après réception ; un terme sans compteur reste vide, et le bilan mesuré avec lui.", " after reception; a term without a meter stays empty, and the measured balance with it.")
                    : c.Of("Mesure : aucune année complète après réception.", "Measurement: no complete year after reception.")),
            c.Table("bepos-sign", c.Of("La même valeur sous les deux lectures du signe", "The same value under both readings of the sign"),
                [new(c.Of("Lecture", "Reading")), new(c.Of("Verdict sur le calcul", "Verdict on the calculation")), new(c.Of("Verdict sur la mesure", "Verdict on the measurement"))],
                signs, call.Source),
        };
        if (call.Warning("guadeloupe.bepos-sign") is { } warning)
        {
            blocks.Add(new BoxBlock(warning.Clause, [warning.Text.In(c.Language)], BoxTone.Warning));
        }

        return blocks;

        IReadOnlyList<NoteCell> Row(string name, double? left, double? right) => [NoteCell.Of(name), NoteCell.Of(left, 1), NoteCell.Of(right, 1)];

        IReadOnlyList<NoteCell> Sign(string name, Func<BeposBalance, bool> kept) => [NoteCell.Of(name), Verdict(calculated, kept), Verdict(measured, kept)];

        NoteCell Verdict(BeposBalance? balance, Func<BeposBalance, bool> kept) =>
            NoteCell.Of(balance is null ? NoteNumbers.Missing : kept(balance) ? c.Of("atteint", "met") : c.Of("non atteint", "not met"));
    }

    private static string Name(Composition c, string key) => key switch
    {
        "E'C" => c.Of("E'C, climatisation", "E'C, cooling"),
        "E'W" => c.Of("E'W, eau chaude", "E'W, hot water"),
        "E'L" => c.Of("E'L, éclairage", "E'L, lighting"),
        "E'AV" => c.Of("E'AV, auxiliaires de ventilation", "E'AV, ventilation auxiliaries"),
        _ => c.Of("E'PE, production électrique à demeure", "E'PE, on-site electricity production"),
    };
}
