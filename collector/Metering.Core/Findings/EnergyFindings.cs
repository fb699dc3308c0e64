using Metering.Core.Energy;
using Metering.Core.Languages;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Findings;

/// <summary>What the registers of a point say about themselves: one finding a cause, with count, hours and pulses.</summary>
public static class EnergyFindings
{
    private sealed record Wording(string Code, FindingSeverity Severity, string French, string English);

    // {0} number of intervals, {1} their hours, {2} pulses counted inside, {3} pulses withheld, {4} missing samples
    private static readonly Dictionary<AuditGapKind, Wording> Wordings = new()
    {
        [AuditGapKind.MessagesLost] = new("energy.messages-lost", FindingSeverity.Information,
            "{4} relevés ne sont pas arrivés, en {0} intervalles ({1} h)\u00A0; leur énergie est exacte ({2} impulsions), sa répartition dans le temps ne l'est pas.",
            "{4} samples did not arrive, in {0} intervals ({1} h); their energy is exact ({2} pulses), its distribution in time is not."),
        [AuditGapKind.Restart] = new("energy.restart", FindingSeverity.Information,
            "La carte a redémarré {0} fois\u00A0; l'index a continué, mais les impulsions émises pendant l'arrêt, s'il y en a eu, ne sont dans aucun index.",
            "The board started again {0} times; the register went on, but pulses sent while it was down, if any, are in no register."),
        [AuditGapKind.RegisterRestored] = new("energy.register-restored", FindingSeverity.Warning,
            "La carte a redémarré {0} fois après un arrêt ou avec un index plus ancien ({1} h)\u00A0: l'énergie comptée est un minimum, des impulsions peuvent manquer.",
            "The board started again {0} times after an outage or with an older register ({1} h): the energy counted is a minimum, pulses may be missing."),
        [AuditGapKind.RegisterLost] = new("energy.register-lost", FindingSeverity.Warning,
            "L'index a été perdu {0} fois au redémarrage\u00A0; l'énergie de {1} h n'est pas connue et n'est pas comptée.",
            "The register was lost {0} times at a restart; the energy of {1} h is not known and not counted."),
        [AuditGapKind.RegisterSet] = new("energy.register-set", FindingSeverity.Warning,
            "L'index a été réglé par commande {0} fois\u00A0; l'énergie de {1} h n'est pas connue et n'est pas comptée.",
            "The register was set by command {0} times; the energy of {1} h is not known and not counted."),
        [AuditGapKind.MeterExchange] = new("energy.meter-exchange", FindingSeverity.Information,
            "Changement de compteur ou de poids d'impulsion\u00A0: {0} intervalle ({1} h).",
            "Change of meter or of pulse weight: {0} interval ({1} h)."),
        [AuditGapKind.DoubtfulClock] = new("energy.doubtful-clock", FindingSeverity.Warning,
            "{0} intervalles ({1} h) sont datés par une horloge douteuse\u00A0; l'énergie est exacte.",
            "{0} intervals ({1} h) are dated by a doubtful clock; the energy is exact."),
        [AuditGapKind.NotSampled] = new("energy.not-sampled", FindingSeverity.Warning,
            "En {0} intervalles ({1} h) la carte n'a pas relevé l'index alors qu'aucun numéro ne manque\u00A0; l'énergie est exacte ({2} impulsions), la cause est inconnue.",
            "In {0} intervals ({1} h) the board took no sample although no number is missing; the energy is exact ({2} pulses), the cause is not known."),
        [AuditGapKind.Reversed] = new("energy.reversed", FindingSeverity.Warning,
            "L'index a baissé {0} fois sans raison connue\u00A0; l'énergie de {1} h n'est pas comptée.",
            "The register fell {0} times without a known reason; the energy of {1} h is not counted."),
        [AuditGapKind.Spike] = new("energy.spike", FindingSeverity.Warning,
            "{0} intervalles ({1} h) ont plus d'impulsions que le circuit ne peut en causer\u00A0; {3} impulsions sont retenues et ne sont pas comptées.",
            "{0} intervals ({1} h) have more pulses than the circuit can cause; {3} pulses are withheld and not counted."),
        [AuditGapKind.SetAside] = new("energy.set-aside", FindingSeverity.Warning,
            "En {0} intervalles ({1} h) des relevés contredisent les autres et sont écartés\u00A0; l'énergie ({2} impulsions) est celle des relevés voisins.",
            "In {0} intervals ({1} h) readings contradict the others and are set aside; the energy ({2} pulses) is that of their neighbours."),
        [AuditGapKind.NotMeasured] = new("energy.not-measured", FindingSeverity.Warning,
            "Aucun relevé au début ou à la fin de la période\u00A0: {1} h sans énergie connue.",
            "No reading at the beginning or at the end of the period: {1} h without known energy."),
    };

    /// <summary>The findings of one audited channel, gravest first.</summary>
    public static IReadOnlyList<Finding> Of(ChannelAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var findings = new List<Finding>();
        if (!audit.Balances)
        {
            findings.Add(new Finding
            {
                Code = "energy.unbalanced",
                Severity = FindingSeverity.Disqualifying,
                Subject = audit.Assignment.PointId,
                From = audit.From,
                To = audit.To,
                Sentence = FindingText.Sentence(
                    "Les impulsions des intervalles ({0}, dont {1} retenues) ne sont pas celles de l'index ({2}).",
                    "The pulses of the intervals ({0}, of which {1} withheld) are not those of the register ({2}).",
                    0, audit.IntervalPulses + audit.WithheldPulses, audit.WithheldPulses, audit.RegisterPulses),
                Evidence =
                [
                    new("interval-pulses", audit.IntervalPulses), new("withheld-pulses", audit.WithheldPulses),
                    new("register-pulses", audit.RegisterPulses),
                ],
            });
        }

        foreach (var group in audit.Gaps.GroupBy(g => g.Kind).OrderByDescending(g => Wordings[g.Key].Severity).ThenBy(g => g.Key))
        {
            var wording = Wordings[group.Key];
            AuditGap[] gaps = [.. group];
            var hours = gaps.Sum(g => (g.End - g.Start).TotalHours);
            double pulses = gaps.Sum(g => g.Pulses ?? 0), withheld = gaps.Sum(g => g.WithheldPulses), samples = gaps.Sum(g => g.MissingSamples);
            findings.Add(new Finding
            {
                Code = wording.Code,
                Severity = wording.Severity,
                Subject = audit.Assignment.PointId,
                From = gaps[0].Start,
                To = gaps[^1].End,
                Sentence = FindingText.Sentence(wording.French, wording.English, 1, gaps.Length, hours, pulses, withheld, samples),
                Evidence =
                [
                    new("intervals", gaps.Length),
                    new("duration", hours, "h"),
                    new("longest", gaps.Max(g => (g.End - g.Start).TotalHours), "h"),
                    new("missing-samples", samples),
                    new("pulses", pulses),
                    new("withheld-pulses", withheld),
                ],
            });
        }

        return findings;
    }

    /// <summary>
    /// Days without a pulse. On an air conditioning circuit that is a day without air conditioning; on a circuit for
    /// everything it is improbable, and CalTRACK takes such a day as missing.
    /// </summary>
    public static Finding? OfZeroDays(MeteringPoint point, IReadOnlyList<ProfileValue> days)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(days);
        ProfileValue[] zero = [.. days.Where(d => d.Flags.HasFlag(QualityFlags.Zero))];
        if (zero.Length == 0)
        {
            return null;
        }

        var expected = point.Use != PointUse.Total;
        return new Finding
        {
            Code = expected ? "energy.zero-days" : "energy.zero-days-total",
            Severity = expected ? FindingSeverity.Information : FindingSeverity.Warning,
            Subject = point.Id,
            From = zero[0].Start,
            To = zero[^1].End,
            Sentence = FindingText.Sentence(
                expected
                    ? "{0} jours sur {1} n'ont aucune impulsion\u00A0; les relevés sont là, le circuit n'a pas servi."
                    : "{0} jours sur {1} n'ont aucune impulsion au compteur général\u00A0: valeur manquante selon CalTRACK, à vérifier sur place.",
                expected
                    ? "{0} days out of {1} have no pulse; the samples are there, the circuit was not used."
                    : "{0} days out of {1} have no pulse on the main meter: a missing value by CalTRACK, to be checked on site.",
                0, zero.Length, days.Count),
            Evidence = [new("zero-days", zero.Length, "d"), new("days", days.Count, "d")],
        };
    }

    /// <summary>Months (or years) whose completeness rule is not met, as one finding, or null.</summary>
    public static Finding? OfCompleteness(string pointId, IReadOnlyList<ProfileValue> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        ProfileValue[] incomplete = [.. units.Where(u => !u.IsComplete)];
        return incomplete.Length == 0 ? null : new Finding
        {
            Code = "energy.incomplete",
            Severity = FindingSeverity.Warning,
            Subject = pointId,
            From = incomplete[0].Start,
            To = incomplete[^1].End,
            Sentence = FindingText.Sentence(
                "{0} périodes sur {1} sont incomplètes (la moins complète\u00A0: {2}\u00A0%)\u00A0; leurs totaux ne portent aucune conclusion.",
                "{0} periods out of {1} are incomplete (the least complete: {2} %); their totals carry no conclusion.",
                1, incomplete.Length, units.Count, 100 * incomplete.Min(u => u.Completeness)),
            Evidence = [new("incomplete", incomplete.Length), new("periods", units.Count), new("least", 100 * incomplete.Min(u => u.Completeness), "%")],
        };
    }
}
