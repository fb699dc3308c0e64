using Metering.Core.Notes.Document;
using Metering.Core.Obligations;

namespace Metering.Core.Notes.Composing.CallSheets;

/// <summary>Sections 8.2 and on: the sheets that the building's call wants for its category, as its rules file lists them.</summary>
internal static class CallSheets
{
    private const int FirstSection = 2;

    public static void Write(Composition c, CallRules call, string category)
    {
        var number = FirstSection;
        foreach (var sheet in call.Sheets.Where(s => s.Categories.Contains(category)))
        {
            var (title, blocks) = Of(c, call, sheet);
            c.Section("8." + c.Numbers.Number(number++), title + " (" + sheet.Clause + ")", blocks);
        }
    }

    private static (string Title, IReadOnlyList<NoteBlock> Blocks) Of(Composition c, CallRules call, CallSheet sheet) => sheet.Key switch
    {
        CallSheet.BeposBalance => (c.Of("Bilan E' et ses termes", "Balance E' and its terms"), BeposBalanceSheet.Blocks(c, call)),
        CallSheet.CoolingCircuits => (c.Of("Climatisation mesurée par circuit", "Air conditioning measured by circuit"), CoolingSheets.Consumption(c)),
        CallSheet.CircuitConformity => (c.Of("Fiche de conformité des circuits de climatisation", "Conformity sheet of the air-conditioning circuits"), CoolingSheets.Conformity(c, call)),
        CallSheet.Charters => (c.Of("Registre des chartes de bon usage", "Register of charters of good use"), CharterSheet.Blocks(c)),
        CallSheet.Scoring => (c.Of("Cotation Qmde", "Score Qmde"), ScoringSheet.Blocks(c, call)),
        CallSheet.ArraLevel3 => (c.Of("Observatoire ARRA HLM, niveau 3", "ARRA HLM observatory, level 3"), ArraSheet.Blocks(c)),
        CallSheet.FnapFollowUp => (c.Of("Tableau de suivi FNAP", "FNAP follow-up table"), FnapSheetBlocks.Blocks(c)),
        CallSheet.HeatNetwork => (c.Of("Réseau de chaleur : tableau de suivi", "Heat network: follow-up table"), HeatNetworkBlocks.Blocks(c)),
        _ => throw new ArgumentOutOfRangeException(nameof(sheet), sheet.Key, "Unknown sheet."),
    };
}
