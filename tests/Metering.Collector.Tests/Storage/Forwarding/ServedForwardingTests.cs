using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Metering.Collector.Diagnostics;
using Metering.Collector.Hosting;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage.Influx;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Storage.Forwarding;

/// <summary>A collector as <c>serve</c> runs it, with section Influx of a settings file, and the real influxd.</summary>
[NeedsProgram("influxd")]
public sealed class ServedForwardingTests : IDisposable
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [StoreFact]
    public async Task Readings_reach_influxd_through_an_outage_and_doctor_and_metrics_tell_how_far_behind_it_is()
    {
        await using var influxd = await InfluxdServer.StartNewAsync();
        await using var database = await SqliteDatabase.OpenAsync(folder.File("data"), TimeProvider.System, default);
        await using var host = CollectorHost.Create(Settings(influxd), database, TimeProvider.System);
        await host.StartAsync(default);
        var store = host.Services.GetRequiredService<IReadingStore>();
        var series = Samples.Series(T0, TimeSpan.FromMinutes(10), 300);

        await store.AppendAsync(series[..100], default);
        await Until(async () => await CountAsync(influxd) == 100);
        await Until(async () => await IsDrainedAsync(database));

        await influxd.KillAsync();
        await store.AppendAsync(series[100..200], default);
        await Until(async () => (await FindingAsync(database)).Sentence.Contains("it takes nothing: InfluxDB cannot be reached", StringComparison.Ordinal));
        await store.AppendAsync(series[200..], default);
        var finding = await FindingAsync(database);
        Assert.Equal(DoctorSeverity.Warning, finding.Severity);
        Assert.StartsWith("200 entries wait for InfluxDB, the oldest for ", finding.Sentence, StringComparison.Ordinal);
        Assert.InRange(Gauge("metering.forward.waiting"), 200, double.MaxValue);
        Assert.InRange(Gauge("metering.forward.lag"), double.Epsilon, double.MaxValue);

        await influxd.StartAsync();
        await Until(async () => await CountAsync(influxd) == 300);
        await Until(async () => await IsDrainedAsync(database));
        await host.StopAsync(default);
    }

    /// <summary>Settings as an operator writes them.</summary>
    private CollectorSettings Settings(InfluxdServer influxd)
    {
        var options = influxd.Options("metering");
        File.WriteAllText(folder.File("secret"), options.Secret + "\n");
        File.WriteAllText(folder.File("settings.json"), JsonSerializer.Serialize(new
        {
            Mqtt = new { Port = 0, Anonymous = true },
            Http = new { Port = -1 },
            Influx = new { Url = options.Url.ToString(), options.User, SecretFile = folder.File("secret"), options.CertificateAuthorityFile },
        }));
        return CollectorSettings.Load(folder.File("settings.json"));
    }

    private static async Task<bool> IsDrainedAsync(SqliteDatabase database) =>
        await FindingAsync(database) is { Severity: DoctorSeverity.Good } finding && finding.Sentence.StartsWith("0 entries wait", StringComparison.Ordinal);

    private static async Task<DoctorFinding> FindingAsync(SqliteDatabase database) =>
        (await new Doctor(database, TimeProvider.System).ExamineAsync(default)).Single(finding => finding.Check == "forwarding");

    /// <summary>Readings at the server; 0 while it does not answer or has no such database yet.</summary>
    private static async Task<long> CountAsync(InfluxdServer influxd)
    {
        using var influx = new InfluxReadingStore(influxd.Options("metering"), static (_, _) => Task.CompletedTask);
        try
        {
            return (await influx.StatisticsAsync(Samples.Ch1, T0, T0.AddYears(1), default)).Count;
        }
        catch (StoreUnavailableException)
        {
            return 0;
        }
    }

    /// <summary>The gauge over all forwarders of this process: other tests may add to it.</summary>
    private static double Gauge(string name)
    {
        double value = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, measured, _, _) => value += measured);
        listener.Start();
        listener.RecordObservableInstruments();
        return value;
    }

    /// <summary>Asks again until it is so; the limit is for a machine that is busy with other things.</summary>
    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var waited = Stopwatch.StartNew(); !await condition();)
        {
            Assert.True(waited.Elapsed < Patience, "It did not come to that in time.");
            await Task.Delay(PollInterval);
        }
    }
}
