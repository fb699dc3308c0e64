using System.Globalization;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Simulator.Climate;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;

namespace Metering.Collector.Jobs.Campaign;

/// <summary>Holds what the store says against what really happened, board by board and interval by interval.</summary>
internal sealed class CampaignOracle(Scenario scenario, FleetTruth truth, RegistrySnapshot registry, SqliteReadingStore store)
{
    /// <summary>Resolution of the sensor's words and of hundredths together, in °C and %RH.</summary>
    private const double ClimateTolerance = 0.0064;

    /// <summary>A climate value is read this long after the instant of its sample.</summary>
    private static readonly TimeSpan ClimateDelay = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<CampaignBoard>> CompareAsync(CancellationToken cancellationToken)
    {
        var verification = await new Verification(store, registry)
            .RunAsync(scenario.Registry.Building.Id, null, null, 0, cancellationToken).ConfigureAwait(false);
        var circuits = verification.Circuits.ToDictionary(c => c.Point);
        var boards = new List<CampaignBoard>();
        for (var i = 0; i < truth.Boards.Count; i++)
        {
            var board = truth.Boards[i];
            var found = new CampaignBoard(scenario.Boards[i].Seed ?? i)
            {
                Boots = board.Boots,
                PulsesEmitted = board.Channels.Sum(c => c.PulsesEmitted),
                PulsesWhileDown = board.Channels.Sum(c => c.PulsesWhileDown),
            };
            await CheckSamplesAsync(scenario.Boards[i], board, found, cancellationToken).ConfigureAwait(false);
            for (var m = 0; m < board.Channels.Count; m++)
            {
                if (!circuits.TryGetValue(board.Channels[m].PointId, out var circuit))
                {
                    found.Add($"{board.Channels[m].Channel}: the verification has no such circuit");
                    continue;
                }

                CheckTotals(circuit, board, m, found);
                await CheckIntervalsAsync(circuit, scenario.Boards[i], board, m, found, cancellationToken).ConfigureAwait(false);
                CheckLosses(circuit, board, m, found);
            }

            boards.Add(found);
        }

        return boards;
    }

    /// <summary>Every sample once: the sequences of each boot run from 1 without a hole, and nothing is left on the board.</summary>
    private async Task CheckSamplesAsync(ScenarioBoard what, BoardTruth board, CampaignBoard found, CancellationToken cancellationToken)
    {
        // Every sample holds every channel of its board.
        string[] climate = what.Climate is null ? [] : ["t1", "rh1"];
        var channels = board.Channels.Take(1).Select(c => c.Channel).Concat(climate).ToArray();
        var stored = await store.ReadBoardAsync(board.Board, channels, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
        var columns = channels.Select(c => stored.Of(c).Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).ToArray();
        found.Samples = columns[0].Count;
        if (columns.Any(c => c.Count != found.Samples))
        {
            found.Add($"samples of {string.Join(", ", channels)}: {string.Join(", ", columns.Select(c => c.Count))}");
            return;
        }

        foreach (var boot in columns[0].GroupBy(s => s.Boot))
        {
            var (lowest, highest, count) = (boot.Min(s => s.Sequence), boot.Max(s => s.Sequence), boot.Count());
            if (lowest != 1 || highest != count)
            {
                found.Add($"boot {boot.Key}: sequences {lowest} to {highest}, {count} of them");
            }
        }

        for (var i = 0; i < found.Samples && what.Climate is { } air; i++)
        {
            CheckClimate(air, columns[^2][i], columns[^1][i], found);
        }

        if (board.SamplesWaiting != 0)
        {
            found.Add($"{board.SamplesWaiting} samples still in the journal");
        }
    }

    /// <summary>A climate value is the room's at its instant to the sensor's resolution, or missing with a reason; never an old one.</summary>
    private static void CheckClimate(ClimateTrace air, in Reading t, in Reading rh, CampaignBoard found)
    {
        if (t.Clock != ClockQuality.Synchronised || t.Flags.HasFlag(SampleFlags.OffGrid))
        {
            return;
        }

        if (t.Missing != MissingReason.None || rh.Missing != MissingReason.None)
        {
            found.MissingClimate++;
            return;
        }

        var (celsius, percent) = air.At((t.Time + ClimateDelay).ToUnixTimeMilliseconds() * 1000);
        if (Math.Abs((t.Value / 100.0) - celsius) > ClimateTolerance || Math.Abs((rh.Value / 100.0) - percent) > ClimateTolerance)
        {
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{At(t.Time)}: {t.Value / 100.0} and {rh.Value / 100.0}, the air was {celsius:F3} and {percent:F3}"));
        }
    }

    /// <summary>What <c>metering verify</c> prints: pulses by register = pulses of the intervals = emitted less lost while down.</summary>
    private static void CheckTotals(CircuitVerification circuit, BoardTruth board, int m, CampaignBoard found)
    {
        var audit = circuit.Audit;
        var channel = board.Channels[m];
        var counted = channel.PulsesEmitted - channel.PulsesWhileDown;
        var atStake = board.DownTimes.Sum(d => d.PulsesAtStake[m]);
        if (audit.RegisterPulses > counted || audit.RegisterPulses < counted - atStake || audit.IntervalPulses != audit.RegisterPulses || audit.WithheldPulses != 0)
        {
            found.Add($"{channel.Channel}: {audit.RegisterPulses} by register, {audit.IntervalPulses} in the intervals, {audit.WithheldPulses} withheld; {counted} could be counted, {atStake} of them were at stake");
        }

        if (!circuit.IsExplained)
        {
            found.Add($"{channel.Channel}: unexplained {string.Join("; ", audit.Gaps.Where(g => !g.IsExplained).Concat(circuit.Unreported).Take(3))}");
        }

        if (audit.SetAside.Count != 0)
        {
            found.Add($"{channel.Channel}: set aside {string.Join("; ", audit.SetAside.Take(3))}");
        }
    }

    /// <summary>From one reading on the grid to the next: the pulses of the intervals in between = pulses emitted - pulses lost while down.</summary>
    private async Task CheckIntervalsAsync(
        CircuitVerification circuit, ScenarioBoard what, BoardTruth board, int m, CampaignBoard found, CancellationToken cancellationToken)
    {
        var assignment = circuit.Audit.Assignment;
        var readings = new List<Reading>();
        await foreach (var reading in store.ReadAsync(assignment.Key, scenario.From, DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            readings.Add(reading);
        }

        var options = IntervalOptions.Of(registry.Points.Single(p => p.Id == circuit.Point), registry.Buildings[0]);
        var series = IntervalBuilder.Build(circuit.Point, [new AssignedReadings(assignment, readings)], options);
        var grid = readings.Where(r => r.Clock != ClockQuality.None && !r.Flags.HasFlag(SampleFlags.OffGrid)).Select(r => r.Time).ToHashSet();
        var counts = what.Meters[m].Trace.Counts;
        DateTimeOffset? begin = null;
        long counted = 0;
        foreach (var interval in series.Intervals)
        {
            begin ??= grid.Contains(interval.Start) ? interval.Start : null;
            counted += interval.Pulses ?? 0;
            if (begin is not { } a || !grid.Contains(interval.End))
            {
                continue;
            }

            var b = interval.End;
            long emitted = 0;
            for (var step = Step(a); step < Step(b) && step < counts.Count; step++)
            {
                emitted += counts[step];
            }

            var downs = board.DownTimes.Where(d => d.To > a && d.To <= b);
            var lost = downs.Sum(d => d.PulsesLost[m]);
            var atStake = downs.Sum(d => d.PulsesAtStake[m]);
            found.IntervalsChecked++;
            if (counted > emitted - lost || counted < emitted - lost - atStake)
            {
                found.Add($"{assignment.Channel} {At(a)} to {At(b)}: {counted} counted, {emitted} emitted, {lost} lost while down, {atStake} at stake");
            }

            begin = b;
            counted = 0;
        }

        if (begin != scenario.To)
        {
            found.Add($"{assignment.Channel}: compared up to {begin}, the campaign ends {scenario.To}");
        }
    }

    /// <summary>A loss lies in an interval that the audit calls a restart, a stop without warning in one that may lack pulses.</summary>
    private static void CheckLosses(CircuitVerification circuit, BoardTruth board, int m, CampaignBoard found)
    {
        var channel = board.Channels[m].Channel;
        foreach (var down in board.DownTimes)
        {
            var kinds = circuit.Audit.Gaps.Where(g => g.Start <= down.To && g.End >= down.From).Select(g => g.Kind).ToList();
            if (down.PulsesLost[m] != 0)
            {
                found.LossesChecked++;
                if (!kinds.Exists(k => k is AuditGapKind.Restart or AuditGapKind.RegisterRestored))
                {
                    found.Add($"{channel} {At(down.From)} to {At(down.To)}: lost {down.PulsesLost[m]} outside every interval called a restart");
                }
            }

            if (!down.Warned)
            {
                found.CollapsesChecked++;
                if (!kinds.Contains(AuditGapKind.RegisterRestored))
                {
                    found.Add($"{channel} {At(down.From)} to {At(down.To)}: the board stopped without warning, and no interval says that pulses may be missing");
                }
            }
        }
    }

    private int Step(DateTimeOffset at) => (int)((at - scenario.From) / Scenario.SamplePeriod);

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
