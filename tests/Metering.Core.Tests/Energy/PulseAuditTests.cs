using Metering.Core.Energy;
using Metering.Core.Readings;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Energy;

public sealed class PulseAuditTests
{
    private static ChannelAudit Audit(IReadOnlyList<Reading> readings, DateTimeOffset? to = null, IntervalOptions? options = null) =>
        PulseAudit.Of(new AssignedReadings(Assignment(), readings), Origin, to ?? readings.Max(r => r.Time), options);

    [Fact]
    public void A_channel_without_loss_has_nothing_to_report()
    {
        var audit = Audit([Reading(0, 5, 1), Reading(10, 7, 2), Reading(20, 12, 3)]);

        Assert.Equal(7, audit.RegisterPulses);
        Assert.Equal(7, audit.IntervalPulses);
        Assert.Equal(70m, audit.EnergyWh);
        Assert.Empty(audit.Gaps);
        Assert.True(audit.IsExplained);
        Assert.Equal(3, Assert.Single(audit.Boots).Samples);
    }

    [Fact]
    public void Lost_messages_are_named_with_the_pulses_inside_and_the_energy_is_exact()
    {
        var audit = Audit([Reading(0, 5, 1), Reading(40, 25, 5), Reading(50, 26, 6)]);

        var gap = Assert.Single(audit.Gaps);
        Assert.Equal(
            new AuditGap(AuditGapKind.MessagesLost, Origin, Origin.AddMinutes(40), 3, 3, 20, 0, EnergyKnowledge.Exact), gap);
        Assert.True(audit.IsExplained);
        Assert.Equal(3, Assert.Single(audit.Boots).MissingSamples);
    }

    [Fact]
    public void Pulses_that_may_be_lost_while_the_board_was_down_are_flagged_as_such()
    {
        var audit = Audit([Reading(0, 5, 1), Reading(10, 6, 1, boot: 2, SampleFlags.FirstOfBoot), Reading(200, 9, 1, boot: 3, SampleFlags.FirstOfBoot)]);

        Assert.Equal([AuditGapKind.Restart, AuditGapKind.RegisterRestored], audit.Gaps.Select(g => g.Kind));
        Assert.All(audit.Gaps, g => Assert.Equal(EnergyKnowledge.AtLeast, g.Energy));
        Assert.True(audit.IsExplained);
        Assert.Equal([1L, 2L, 3L], audit.Boots.Select(b => b.Boot));
    }

    [Fact]
    public void A_fall_without_evidence_is_not_explained()
    {
        var audit = Audit([Reading(0, 500, 1), Reading(10, 501, 2), Reading(20, 3, 3), Reading(30, 4, 4)]);

        var gap = Assert.Single(audit.Gaps);
        Assert.Equal(AuditGapKind.Reversed, gap.Kind);
        Assert.Equal(EnergyKnowledge.Unknown, gap.Energy);
        Assert.False(audit.IsExplained);
        Assert.True(audit.Balances);
    }

    [Fact]
    public void A_spike_is_withheld_accounted_for_and_not_explained()
    {
        var audit = Audit([Reading(0, 0, 1), Reading(10, 5_000, 2), Reading(20, 5_001, 3)], options: new IntervalOptions { MaxPowerW = 3_000 });

        Assert.Equal(5_001, audit.RegisterPulses);
        Assert.Equal(1, audit.IntervalPulses);
        Assert.Equal(5_000, audit.WithheldPulses);
        Assert.True(audit.Balances);
        Assert.False(audit.IsExplained);
    }

    [Fact]
    public void Missing_grid_instants_without_a_hole_in_the_sequence_are_not_explained()
    {
        var audit = Audit([Reading(0, 0, 1), Reading(60, 5, 2)]);

        Assert.Equal(AuditGapKind.NotSampled, Assert.Single(audit.Gaps).Kind);
        Assert.Equal(5, audit.Gaps[0].MissingInstants);
        Assert.False(audit.IsExplained);
    }

    [Fact]
    public void Silence_at_both_ends_of_the_period_is_named()
    {
        var audit = Audit([Reading(60, 0, 7), Reading(70, 5, 8)], to: Origin.AddMinutes(130));

        Assert.Equal([AuditGapKind.NotMeasured, AuditGapKind.NotMeasured], audit.Gaps.Select(g => g.Kind));
        Assert.Equal(Origin, audit.Gaps[0].Start);
        Assert.Equal(Origin.AddMinutes(130), audit.Gaps[1].End);
        Assert.False(audit.IsExplained);
    }

    [Fact]
    public void A_channel_without_any_reading_is_one_gap()
    {
        var audit = PulseAudit.Of(new AssignedReadings(Assignment(), []), Origin, Origin.AddDays(1));

        Assert.Equal(AuditGapKind.NotMeasured, Assert.Single(audit.Gaps).Kind);
        Assert.Equal(0, audit.RegisterPulses);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_accounts_balance_and_name_every_lost_sample(int seed)
    {
        var random = new Random(seed);
        var trace = RegisterTrace.Random(random, 500, restartProbability: 0.01);
        var kept = trace.Readings.Where((_, i) => i == 0 || i == trace.Readings.Count - 1 || random.NextDouble() < 0.8).ToList();

        var audit = Audit(kept);

        Assert.Equal(trace.TotalPulses, audit.RegisterPulses);
        Assert.Equal(trace.TotalPulses, audit.IntervalPulses);
        Assert.Equal(trace.Readings.Count - kept.Count, audit.Gaps.Sum(g => g.MissingInstants));
        Assert.Equal(kept.Count, audit.Samples);
        Assert.True(audit.IsExplained);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_accounts_balance_whatever_the_board_says(int seed)
    {
        var random = new Random(seed);
        var readings = Enumerable.Range(0, 300).Select(_ => new Reading(
            Origin.AddSeconds(random.Next(100_000)), random.Next(1_000), random.Next(1, 4), random.Next(1, 200),
            (ClockQuality)random.Next(3), (SampleFlags)random.Next(32), MissingReason.None)).ToList();
        var channel = new AssignedReadings(Assignment(modulus: 1_000), readings);
        var options = new IntervalOptions { MaxPowerW = 9_000 };

        var audit = PulseAudit.Of(channel, Origin, Origin.AddSeconds(100_000), options);
        var series = IntervalBuilder.Build("clim", [channel], options);

        Assert.True(audit.Balances, $"seed {seed}: register {audit.RegisterPulses}, intervals {audit.IntervalPulses} + {audit.WithheldPulses}");
        Assert.Equal(series.Pulses, audit.IntervalPulses);
        Assert.Equal(series.Intervals.Count(i => i.Pulses is null), audit.Gaps.Count(g => g.Energy == EnergyKnowledge.Unknown && g.Kind != AuditGapKind.NotMeasured));
    }
}
