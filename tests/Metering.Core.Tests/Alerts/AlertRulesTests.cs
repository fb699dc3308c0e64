using Metering.Core.Alerts;
using Metering.Core.Languages;
using Xunit;

namespace Metering.Core.Tests.Alerts;

public sealed class AlertRulesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AlertKey Board = new(AlertKind.SilentBoard, "0024befffe804ff1");
    private static readonly AlertKey Disk = new(AlertKind.Disk, "store");
    private static readonly Dictionary<AlertKey, AlertCondition> Nothing = [];

    private static AlertThresholds Silence(double raise, double clear, int raiseAfterMinutes = 0, int clearAfterMinutes = 0) => new()
    {
        SilentBoard = new AlertThreshold
        {
            Raise = raise, Clear = clear,
            RaiseAfter = TimeSpan.FromMinutes(raiseAfterMinutes), ClearAfter = TimeSpan.FromMinutes(clearAfterMinutes),
        },
    };

    [Theory]
    [InlineData(59.9, false)]
    [InlineData(60, true)]
    [InlineData(1000, true)]
    public void A_silence_is_an_alert_from_its_limit_on(double minutes, bool raised)
    {
        var step = AlertRules.Step(Nothing, [new(Board, minutes)], Silence(60, 20), T0);

        Assert.Equal(raised, step.State[Board].IsRaised);
        Assert.Equal(raised ? 1 : 0, step.Changes.Count);
    }

    [Theory]
    [InlineData(1025, false)]
    [InlineData(1024, true)]
    [InlineData(0, true)]
    public void Where_low_is_bad_the_limit_is_a_floor(double freeMiB, bool raised) =>
        Assert.Equal(raised, AlertRules.Step(Nothing, [new(Disk, freeMiB)], new AlertThresholds(), T0).State[Disk].IsRaised);

    [Fact]
    public void A_value_between_the_two_limits_changes_nothing_in_either_state()
    {
        var thresholds = Silence(60, 20);
        var raised = AlertRules.Step(Nothing, [new(Board, 60)], thresholds, T0);

        Assert.Empty(AlertRules.Step(Nothing, [new(Board, 40)], thresholds, T0).Changes);
        Assert.Empty(AlertRules.Step(raised.State, [new(Board, 40)], thresholds, T0.AddMinutes(1)).Changes);
    }

    [Fact]
    public void What_is_bad_has_to_stay_bad_for_the_whole_wait()
    {
        var thresholds = Silence(60, 20, raiseAfterMinutes: 5);
        var step = AlertRules.Step(Nothing, [new(Board, 70)], thresholds, T0);
        Assert.Empty(step.Changes);
        step = AlertRules.Step(step.State, [new(Board, 50)], thresholds, T0.AddMinutes(4));
        step = AlertRules.Step(step.State, [new(Board, 70)], thresholds, T0.AddMinutes(6));
        Assert.Empty(step.Changes);

        Assert.Empty(AlertRules.Step(step.State, [new(Board, 70)], thresholds, T0.AddMinutes(10)).Changes);
        Assert.Single(AlertRules.Step(step.State, [new(Board, 70)], thresholds, T0.AddMinutes(11)).Changes);
    }

    [Fact]
    public void What_could_not_be_seen_changes_nothing_and_what_is_gone_is_cleared()
    {
        var thresholds = Silence(60, 20);
        var raised = AlertRules.Step(Nothing, [new(Board, 60)], thresholds, T0);

        var unseen = AlertRules.Step(raised.State, [new(Board, null)], thresholds, T0.AddMinutes(1));
        Assert.Empty(unseen.Changes);
        Assert.Equal(new AlertChange(Board, false, null), Assert.Single(AlertRules.Step(unseen.State, [], thresholds, T0.AddMinutes(2)).Changes));
    }

    [Fact]
    public void A_clock_set_back_lengthens_the_wait_and_raises_nothing_early()
    {
        var thresholds = Silence(60, 20, raiseAfterMinutes: 5);
        var step = AlertRules.Step(Nothing, [new(Board, 70)], thresholds, T0);
        step = AlertRules.Step(step.State, [new(Board, 70)], thresholds, T0.AddHours(-1));
        Assert.Empty(step.Changes);

        Assert.Single(AlertRules.Step(step.State, [new(Board, 70)], thresholds, T0.AddHours(-1).AddMinutes(5)).Changes);
    }

    [Fact]
    public void A_subject_observed_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => AlertRules.Step(Nothing, [new(Board, 1), new(Board, 2)], new AlertThresholds(), T0));

    /// <summary>Whatever is observed: raised and cleared alternate, and two changes are never closer than the waits allow.</summary>
    [Fact]
    public void No_sequence_of_values_makes_an_alert_flap()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var raiseAfter = random.Next(0, 30);
            var clearAfter = random.Next(0, 30);
            var clear = random.Next(0, 50);
            var thresholds = Silence(clear + random.Next(1, 50), clear, raiseAfter, clearAfter);
            IReadOnlyDictionary<AlertKey, AlertCondition> state = Nothing;
            var raised = false;
            DateTimeOffset? last = null;
            var now = T0;
            for (var i = 0; i < 500; i++)
            {
                now += TimeSpan.FromMinutes(random.Next(0, 4));
                var value = random.Next(10) == 0 ? (double?)null : random.NextDouble() * 120;
                var step = AlertRules.Step(state, [new(Board, value)], thresholds, now);
                foreach (var change in step.Changes)
                {
                    Assert.True(change.IsRaised != raised, $"seed {seed}: {change} twice at {now:O}");
                    var wait = TimeSpan.FromMinutes(change.IsRaised ? raiseAfter : clearAfter);
                    Assert.True(last is null || now - last >= wait, $"seed {seed}: changes at {last:O} and {now:O}, wait {wait}");
                    (raised, last) = (change.IsRaised, now);
                }

                // The same observation at the same instant says nothing new.
                Assert.True(AlertRules.Step(step.State, [new(Board, value)], thresholds, now).Changes.Count == 0 || raiseAfter == 0 || clearAfter == 0, $"seed {seed}");
                state = step.State;
            }
        }
    }

    /// <summary>A value that trembles within the band, however often, never turns an alert.</summary>
    [Fact]
    public void Trembling_around_one_limit_raises_one_alert()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            IReadOnlyDictionary<AlertKey, AlertCondition> state = Nothing;
            var changes = 0;
            for (var i = 0; i < 1000; i++)
            {
                var step = AlertRules.Step(state, [new(Board, 60 + (random.NextDouble() * 20) - 10)], Silence(60, 20), T0.AddMinutes(i));
                state = step.State;
                changes += step.Changes.Count;
            }

            Assert.True(changes == 1, $"seed {seed}: {changes} changes");
        }
    }

    [Fact]
    public void Every_kind_has_usable_limits_a_code_a_unit_and_words_in_both_languages()
    {
        var codes = new HashSet<string>();
        foreach (var kind in Enum.GetValues<AlertKind>())
        {
            Assert.Null(new AlertThresholds().Of(kind).Fault());
            Assert.True(codes.Add(AlertText.Code(kind)));
            Assert.NotEmpty(AlertText.Unit(kind));
            var key = new AlertKey(kind, "subject-7");
            Assert.NotEqual(AlertText.Sentence(key, 1234.5, Language.French), AlertText.Sentence(key, 1234.5, Language.English));
            Assert.Contains("1234,5", AlertText.Sentence(key, 1234.5, Language.French), StringComparison.Ordinal);
            Assert.Contains("1234.5", AlertText.Sentence(key, 1234.5, Language.English), StringComparison.Ordinal);
            Assert.NotEqual(AlertText.Advice(kind, Language.French), AlertText.Advice(kind, Language.English));
        }
    }
}
