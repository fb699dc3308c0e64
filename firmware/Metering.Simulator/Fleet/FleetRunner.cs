using Metering.Simulator.Scenarios;

namespace Metering.Simulator.Fleet;

/// <summary>Runs a scenario's boards, each on its own thread, and says what really happened.</summary>
public static class FleetRunner
{
    /// <summary>Simulated time between two looks at cancellation and pace, and two reports of progress.</summary>
    private const long SliceUs = 2 * Microseconds.PerHour;

    /// <summary>At a limited speed the looks are closer, so that no board runs ahead by hours.</summary>
    private const long PacedSliceUs = 10 * Microseconds.PerSecond;

    /// <summary>The stack of a board's thread, bytes; the firmware's own call depth is small.</summary>
    private const int StackBytes = 512 * 1024;

    /// <summary>Runs without faults, as fast as the machine goes.</summary>
    public static Task<FleetTruth> RunAsync(
        Scenario scenario, FleetTarget target, IProgress<FleetProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(scenario, target, new FleetOptions(), progress, cancellationToken);

    /// <summary>Runs the whole scenario.</summary>
    /// <param name="scenario">Boards, meters, sensors, period.</param>
    /// <param name="target">Where the boards publish to.</param>
    /// <param name="options">Faults, pace.</param>
    /// <param name="progress">Called from the boards' threads.</param>
    /// <param name="cancellationToken">Ends the run within a slice of simulated time.</param>
    /// <exception cref="FirmwareEscapeException">The firmware let an exception out of its loop.</exception>
    public static async Task<FleetTruth> RunAsync(
        Scenario scenario, FleetTarget target, FleetOptions options, IProgress<FleetProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        var boards = new BoardRun[scenario.Boards.Count];
        for (var i = 0; i < boards.Length; i++)
        {
            boards[i] = new BoardRun(scenario, i, target, options);
        }

        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pace = new FleetPace(options, boards[0].StartUs);
        var meter = new FleetMeter(boards, progress);
        var threads = boards.Select(board => OnOwnThread(() => Run(board, pace, options.Speed > 0 ? PacedSliceUs : SliceUs, meter, failed))).ToArray();
        try
        {
            await Task.WhenAll(threads).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another board failed and stopped the rest: its own exception is the one to see.
            throw threads.First(t => t.IsFaulted).Exception!.InnerException!;
        }

        return new FleetTruth
        {
            Scenario = scenario.Name,
            Seed = scenario.Seed,
            From = scenario.From,
            To = scenario.To,
            Boards = [.. boards.Select(b => b.Truth())],
        };
    }

    private static void Run(BoardRun board, FleetPace pace, long sliceUs, FleetMeter meter, CancellationTokenSource failed)
    {
        try
        {
            while (board.NowUs < board.EndUs)
            {
                failed.Token.ThrowIfCancellationRequested();
                pace.Wait(board.NowUs, failed.Token);
                board.RunUntil(board.NowUs + sliceUs);
                meter.Report();
            }
        }
        catch (FirmwareEscapeException)
        {
            failed.Cancel();
            throw;
        }
        finally
        {
            board.Dispose();
        }
    }

    /// <summary>A thread of its own: a board blocks while it waits for an answer, and must not starve the pool.</summary>
    private static Task OnOwnThread(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                    done.SetResult();
                }
                catch (OperationCanceledException e)
                {
                    done.SetCanceled(e.CancellationToken);
                }
#pragma warning disable CA1031 // handed to whoever waits for the fleet
                catch (Exception e)
#pragma warning restore CA1031
                {
                    done.SetException(e);
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = "virtual board",
        };
        thread.Start();
        return done.Task;
    }
}
