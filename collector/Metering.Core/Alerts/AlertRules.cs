namespace Metering.Core.Alerts;

/// <summary>Where one alert stands.</summary>
/// <param name="IsRaised">Whether somebody was told that it is bad.</param>
/// <param name="TurningSince">Since when the value says the opposite of <paramref name="IsRaised"/>; null: it does not.</param>
public readonly record struct AlertCondition(bool IsRaised, DateTimeOffset? TurningSince);

/// <summary>Something that somebody has to be told.</summary>
/// <param name="Key">Which alert.</param>
/// <param name="IsRaised">Raised, or cleared.</param>
/// <param name="Value">Value seen; null when the subject is no more there.</param>
public readonly record struct AlertChange(AlertKey Key, bool IsRaised, double? Value);

/// <summary>What a step of the rules answers.</summary>
/// <param name="State">What the next step has to be given.</param>
/// <param name="Changes">In the order of kind and subject.</param>
public sealed record AlertStep(IReadOnlyDictionary<AlertKey, AlertCondition> State, IReadOnlyList<AlertChange> Changes);

/// <summary>
/// Decides what is raised and what is cleared, from what was and what is seen; no clock, no memory of its own. Raised and
/// cleared alternate for each subject, and two changes of one subject are never closer than the waiting times allow.
/// </summary>
public static class AlertRules
{
    /// <summary>One step.</summary>
    /// <param name="state">What the step before answered, or what a store kept of it; empty at first.</param>
    /// <param name="seen">
    /// Everything that was looked at, each subject once. A subject without value keeps its condition; a subject that is
    /// not named is gone (a board taken out of the registry) and its alert is cleared at once.
    /// </param>
    /// <param name="thresholds">Limits.</param>
    /// <param name="now">Instant of the observations. An earlier one than before (a clock set back) only lengthens a wait.</param>
    /// <exception cref="ArgumentException">A subject is named twice.</exception>
    public static AlertStep Step(
        IReadOnlyDictionary<AlertKey, AlertCondition> state, IEnumerable<AlertObservation> seen, AlertThresholds thresholds, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(thresholds);
        var next = new Dictionary<AlertKey, AlertCondition>(state.Count);
        var changes = new List<AlertChange>();
        foreach (var observation in seen)
        {
            var before = state.GetValueOrDefault(observation.Key);
            var after = Next(before, observation.Value, thresholds.Of(observation.Key.Kind), now);
            if (!next.TryAdd(observation.Key, after))
            {
                throw new ArgumentException($"{observation.Key.Kind} of '{observation.Key.Subject}' is observed twice.", nameof(seen));
            }

            if (after.IsRaised != before.IsRaised)
            {
                changes.Add(new AlertChange(observation.Key, after.IsRaised, observation.Value));
            }
        }

        foreach (var (key, condition) in state)
        {
            if (condition.IsRaised && !next.ContainsKey(key))
            {
                changes.Add(new AlertChange(key, false, null));
            }
        }

        changes.Sort(static (a, b) => a.Key.Kind == b.Key.Kind
            ? string.CompareOrdinal(a.Key.Subject, b.Key.Subject)
            : a.Key.Kind.CompareTo(b.Key.Kind));
        return new AlertStep(next, changes);
    }

    private static AlertCondition Next(AlertCondition condition, double? seen, AlertThreshold threshold, DateTimeOffset now)
    {
        if (seen is not { } value || double.IsNaN(value))
        {
            return condition;
        }

        var turns = condition.IsRaised ? threshold.IsGood(value) : threshold.IsBad(value);
        if (!turns)
        {
            return condition with { TurningSince = null };
        }

        var since = condition.TurningSince is { } turning && turning <= now ? turning : now;
        var wait = condition.IsRaised ? threshold.ClearAfter : threshold.RaiseAfter;
        return now - since >= wait ? new AlertCondition(!condition.IsRaised, null) : condition with { TurningSince = since };
    }
}
