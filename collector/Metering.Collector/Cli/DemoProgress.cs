using System.Globalization;
using Metering.Simulator.Fleet;
using Spectre.Console;

namespace Metering.Collector.Cli;

/// <summary>Shows how far a fleet is: a bar on a terminal, a line every tenth of the way elsewhere.</summary>
internal static class DemoProgress
{
    /// <summary>Runs <paramref name="work"/> with a progress display.</summary>
    public static async Task<T> ShowAsync<T>(TextWriter output, Func<IProgress<FleetProgress>, Task<T>> work)
    {
        if (Console.IsOutputRedirected || !ReferenceEquals(output, Console.Out))
        {
            return await work(new Lines(output)).ConfigureAwait(false);
        }

        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("virtual boards", maxValue: 1);
                return work(new Bar(bar));
            }).ConfigureAwait(false);
    }

    private static string Text(FleetProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Earliest.UtcDateTime:yyyy-MM-dd}, {progress.Messages} messages");

    private sealed class Lines(TextWriter output) : IProgress<FleetProgress>
    {
        private readonly Lock gate = new();
        private int tenths;

        public void Report(FleetProgress value)
        {
            lock (gate)
            {
                var reached = (int)(value.Fraction * 10);
                if (reached > tenths)
                {
                    tenths = reached;
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reached * 10} %: {Text(value)}"));
                }
            }
        }
    }

    private sealed class Bar(ProgressTask task) : IProgress<FleetProgress>
    {
        public void Report(FleetProgress value)
        {
            task.Value = value.Fraction;
            task.Description = "virtual boards: " + Text(value);
        }
    }
}
