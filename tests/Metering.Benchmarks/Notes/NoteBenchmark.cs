using System.Diagnostics;
using System.Globalization;
using Metering.Collector.Jobs.Demo;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Readings;
using Metering.Simulator.Scenarios;

namespace Metering.Benchmarks.Notes;

/// <summary>
/// <c>note [times]</c>: the two-year note of the invented office, twelve channels at ten minutes over 37 months, from a
/// newly opened store to HTML and PDF. The first time is that of a process that has just started.
/// </summary>
internal static class NoteBenchmark
{
    private const int SamplesPerAppend = 20_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var times = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("metering-note-benchmark-").FullName;
        try
        {
            var plan = DemoPlan.Load("office", null, 1);
            await FillAsync(folder, plan.Scenario).ConfigureAwait(false);
            for (var i = 1; i <= times; i++)
            {
                await OnceAsync(folder, plan, i).ConfigureAwait(false);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task OnceAsync(string folder, DemoPlan plan, int time)
    {
        var clock = Stopwatch.StartNew();
        await using var database = await SqliteDatabase.OpenAsync(folder, TimeProvider.System, default).ConfigureAwait(false);
        var store = CorrectedReadingStore.Of(database);
        var registry = ScenarioRegistration.ToSnapshot(plan.Scenario.Registry);
        var request = plan.Complete(new NoteRequest { BuildingId = OfficeScenario.BuildingId, Version = "benchmark", Dossier = plan.Dossier });
        var keys = registry.Assignments.Select(a => a.Key).Distinct().ToList();
        await BuildingReadings.ReadAsync(store, keys, plan.Scenario.From, plan.Scenario.To, default).ConfigureAwait(false);
        var read = clock.Elapsed.TotalSeconds;

        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        clock.Restart();
        var model = await NoteService.BuildAsync(request, store, registry, default).ConfigureAwait(false);
        var built = clock.Elapsed.TotalSeconds;
        var document = NoteComposer.Compose(model, Language.French);
        var composed = clock.Elapsed.TotalSeconds;
        using var text = new StringWriter();
        HtmlNoteWriter.Write(document, text);
        var html = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var processor = (process.TotalProcessorTime - before).TotalSeconds;
        var pdf = await PdfAsync(text.ToString(), model.Provenance.AsOf).ConfigureAwait(false);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"note {time}: reading alone {read:F2} s; model {built:F2} s (reads again), document {composed - built:F2} s, HTML {html - composed:F2} s: {html:F2} s in all, {processor:F2} s of processor time; PDF {html + pdf:F2} s in all"));
    }

    private static async Task<double> PdfAsync(string html, DateTimeOffset created)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await PdfNoteWriter.Find(null).PrintAsync(html, created, default).ConfigureAwait(false);
        }
        catch (NoteException e)
        {
            Console.WriteLine(e.Message);
            return double.NaN;
        }

        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Puts the scenario's truth into a store as samples of boards that nothing ever happened to.</summary>
    private static async Task FillAsync(string folder, Scenario scenario)
    {
        var clock = Stopwatch.StartNew();
        await using var database = await SqliteDatabase.OpenAsync(folder, TimeProvider.System, default).ConfigureAwait(false);
        var store = new SqliteReadingStore(database);
        foreach (var board in scenario.Boards)
        {
            foreach (var part in Samples(scenario, board).Chunk(SamplesPerAppend))
            {
                await store.AppendAsync(part, default).ConfigureAwait(false);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Boards.Count * scenario.SampleInstants} samples stored in {clock.Elapsed.TotalSeconds:F1} s"));
    }

    private static IEnumerable<Sample> Samples(Scenario scenario, ScenarioBoard board)
    {
        var registers = new long[board.Meters.Count];
        for (var i = 0L; i < scenario.SampleInstants; i++)
        {
            var time = scenario.From + (i * Scenario.SamplePeriod);
            var values = new List<SampleValue>();
            for (var m = 0; m < registers.Length; m++)
            {
                registers[m] += i == 0 ? 0 : board.Meters[m].Trace.Counts[(int)i - 1];
                values.Add(new SampleValue(string.Create(CultureInfo.InvariantCulture, $"ch{m + 1}"), Quantity.PulseRegister, registers[m], MissingReason.None));
            }

            if (board.Climate is { } climate)
            {
                var (celsius, percent) = climate.At((time - DateTimeOffset.UnixEpoch).Ticks / 10);
                values.Add(new SampleValue("t1", Quantity.AirTemperature, (long)Math.Round(celsius * 100), MissingReason.None));
                values.Add(new SampleValue("rh1", Quantity.RelativeHumidity, (long)Math.Round(percent * 100), MissingReason.None));
            }

            yield return new Sample(
                board.Eui64, 1, i + 1, (i * 600) + 60, time, ClockQuality.Synchronised, SampleFlags.None, values);
        }
    }
}
