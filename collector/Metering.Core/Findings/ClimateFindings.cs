using Metering.Core.Languages;
using Metering.Core.Quality;
using Metering.Core.Readings;

namespace Metering.Core.Findings;

/// <summary>What the temperature and humidity channels of a point say about themselves.</summary>
public static class ClimateFindings
{
    /// <summary>Share of invalid readings from which a channel carries no conclusion: what a day may lack (project rule).</summary>
    public const double LargestInvalidShare = 0.1;

    private static readonly (QualityFlags Flag, string Code, string French, string English)[] Rules =
    [
        (QualityFlags.Stuck, "climate.stuck",
            "{0} valeurs sur {1} se répètent plus de six heures, ou restent saturées plus de douze heures\u00A0; elles comptent comme manquantes.",
            "{0} values out of {1} repeat themselves for more than six hours, or stay saturated for more than twelve; they count as missing."),
        (QualityFlags.Range, "climate.range",
            "{0} valeurs sur {1} sont hors de ce que le lieu peut donner\u00A0; elles comptent comme manquantes.",
            "{0} values out of {1} lie outside what the place can be; they count as missing."),
        (QualityFlags.Duplicate, "climate.duplicate",
            "{0} valeurs sur {1} partagent leur instant avec une autre.",
            "{0} values out of {1} share their instant with another."),
        (QualityFlags.Step, "climate.step",
            "{0} valeurs sur {1} sautent en dix minutes plus que l'air d'une pièce\u00A0: ouverture, soleil ou capteur\u00A0; elles restent.",
            "{0} values out of {1} jump within ten minutes more than the air of a room does: a window, sun or the sensor; they stay."),
        (QualityFlags.Clock, "climate.clock",
            "{0} valeurs sur {1} sont datées par une horloge douteuse.",
            "{0} values out of {1} are dated by a doubtful clock."),
    ];

    /// <summary>The findings of one channel, one a rule that applied, then the readings without value.</summary>
    /// <param name="pointId">Id of the point.</param>
    /// <param name="readings">Readings.</param>
    /// <param name="flags">From <see cref="SpotQuality.Check"/>.</param>
    public static IReadOnlyList<Finding> Of(string pointId, IReadOnlyList<Reading> readings, IReadOnlyList<QualityFlags> flags)
    {
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentNullException.ThrowIfNull(flags);
        var findings = new List<Finding>();
        foreach (var (flag, code, french, english) in Rules)
        {
            int[] marked = [.. Enumerable.Range(0, flags.Count).Where(i => flags[i].HasFlag(flag))];
            if (marked.Length > 0)
            {
                var severity = (flag & SpotQuality.Rejecting) != 0 && marked.Length > LargestInvalidShare * readings.Count
                    ? FindingSeverity.Disqualifying
                    : FindingSeverity.Warning;
                findings.Add(Of(code, severity, pointId, readings[marked[0]].Time, readings[marked[^1]].Time, french, english, marked.Length, readings.Count));
            }
        }

        int[] missing = [.. Enumerable.Range(0, readings.Count).Where(i => readings[i].Missing != MissingReason.None)];
        if (missing.Length > 0)
        {
            findings.Add(Of(
                "climate.sensor-silent",
                missing.Length > LargestInvalidShare * readings.Count ? FindingSeverity.Disqualifying : FindingSeverity.Warning,
                pointId, readings[missing[0]].Time, readings[missing[^1]].Time,
                "Le capteur n'a pas donné de valeur {0} fois sur {1}\u00A0; aucune valeur ancienne n'est reprise.",
                "The sensor gave no value {0} times out of {1}; no old value is repeated.",
                missing.Length, readings.Count));
        }

        return findings;
    }

    private static Finding Of(
        string code, FindingSeverity severity, string pointId, DateTimeOffset from, DateTimeOffset to, string french, string english,
        int count, int all) => new()
        {
            Code = code,
            Severity = severity,
            Subject = pointId,
            From = from,
            To = to,
            Sentence = FindingText.Sentence(french, english, 0, count, all),
            Evidence = [new("readings", count), new("all-readings", all), new("share", 100.0 * count / all, "%")],
        };
}
