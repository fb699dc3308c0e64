using Metering.Simulator.Scenarios;

namespace Metering.Simulator.Fleet;

/// <summary>Adds up how far the boards are. Reads their figures from other threads: a report may be a slice late.</summary>
internal sealed class FleetMeter(BoardRun[] boards, IProgress<FleetProgress>? progress)
{
    public void Report()
    {
        if (progress is null)
        {
            return;
        }

        double done = 0;
        var earliest = long.MaxValue;
        long messages = 0;
        foreach (var board in boards)
        {
            var now = board.NowUs;
            done += (double)(now - board.StartUs) / (board.EndUs - board.StartUs);
            earliest = Math.Min(earliest, now);
            messages += board.Published;
        }

        progress.Report(new FleetProgress(done / boards.Length, Microseconds.ToInstant(earliest), messages));
    }
}
