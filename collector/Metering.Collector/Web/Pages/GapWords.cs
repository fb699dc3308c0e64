using Metering.Core.Energy;
using Metering.Core.Languages;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Web.Pages;

/// <summary>Causes of gaps and what is known of their energy, in both languages.</summary>
internal static class GapWords
{
    public static string Cause(AuditGap gap, Language language)
    {
        var numbers = new NoteNumbers(language);
        return gap.Kind switch
        {
            AuditGapKind.MessagesLost => numbers.Number(gap.MissingSamples) + language.Of(" échantillons absents de la base", " samples are not in the store"),
            AuditGapKind.Restart => language.Of("la carte a redémarré", "the board started again"),
            AuditGapKind.RegisterRestored => language.Of("la carte a redémarré d’une copie plus ancienne de son index", "the board started again from an older copy of its register"),
            AuditGapKind.RegisterLost => language.Of("l’index a été perdu", "the register was lost"),
            AuditGapKind.RegisterSet => language.Of("l’index a été réglé par une commande", "the register was set by command"),
            AuditGapKind.MeterExchange => language.Of("échange de compteur ou changement de poids d’impulsion", "meter exchange or change of pulse weight"),
            AuditGapKind.DoubtfulClock => language.Of("horloge de la carte douteuse", "the board’s clock was doubtful"),
            AuditGapKind.NotSampled => numbers.Number((long)gap.MissingInstants) + language.Of(" instants non échantillonnés", " instants were not sampled"),
            AuditGapKind.Reversed => language.Of("l’index a baissé sans explication", "the register fell without evidence"),
            AuditGapKind.Spike => numbers.Number(gap.WithheldPulses) + language.Of(" impulsions, plus que le circuit ne peut en causer, retenues", " pulses, more than the circuit can cause, withheld"),
            AuditGapKind.SetAside => language.Of("un relevé contredit les autres et a été écarté", "a reading contradicts the others and was set aside"),
            AuditGapKind.NotMeasured => language.Of("rien n’a été mesuré", "nothing was measured"),
            _ => throw new ArgumentOutOfRangeException(nameof(gap), gap.Kind, "Unknown kind of gap."),
        };
    }

    public static string Energy(AuditGap gap, Language language)
    {
        var pulses = new NoteNumbers(language).Number(gap.Pulses ?? 0);
        return gap.Energy switch
        {
            EnergyKnowledge.Exact => language.Of($"{pulses} impulsions, énergie exacte", $"{pulses} pulses, energy exact"),
            EnergyKnowledge.AtLeast => language.Of($"au moins {pulses} impulsions", $"at least {pulses} pulses"),
            _ => language.Of("énergie inconnue, non comptée", "energy unknown, not counted"),
        };
    }

    public static string Samples(long missing, Language language) => missing == 0
        ? language.Of("la carte a redémarré", "the board started again")
        : new NoteNumbers(language).Number(missing) + language.Of(" échantillons absents de la base", " samples are not in the store");

    /// <summary>Whether somebody has to look.</summary>
    public static string Conclusion(bool isExplained, Language language) =>
        isExplained ? language.Of("expliquée", "explained") : language.Of("à examiner", "to be examined");
}
