using System.Globalization;
using System.Text.RegularExpressions;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Forwarding;
using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage.Influx;
using Metering.Core.Readings;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Metering.Collector.Tests.Storage.Forwarding;

/// <summary>The way from the intake to InfluxDB, against a scripted server.</summary>
public sealed partial class InfluxForwarderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder folder = new();
    private readonly List<string> stored = [];
    private SqliteDatabase database = null!;
    private SqliteReadingStore intake = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        intake = new SqliteReadingStore(database);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task What_was_stored_before_forwarding_began_is_forwarded_too_and_once()
    {
        await intake.AppendAsync(Samples.Series(T0, Step, 30), default);
        await using var server = new ScriptedServer(Accept);
        using var forwarder = Forwarder(server.Url);
        await forwarder.TurnOnAsync(default);
        await intake.AppendAsync(Samples.Series(T0, Step, 40), default);

        Assert.Equal(40 * 3, await forwarder.DrainAsync(default));
        Assert.Equal(0, await forwarder.DrainAsync(default));

        Assert.Equal(40, stored.Count(line => line.StartsWith("sample,", StringComparison.Ordinal)));
        Assert.Equal((0, TimeSpan.Zero), await Lag(forwarder));
    }

    [Fact]
    public async Task An_outage_keeps_the_rest_waiting_and_the_next_drain_resumes_there()
    {
        using var idle = Forwarder(new Uri("http://127.0.0.1:9/"));
        await idle.TurnOnAsync(default);
        await intake.AppendAsync(Samples.Series(T0, TimeSpan.FromSeconds(30), 12_000), default);
        var answered = 0;
        await using var server = new ScriptedServer(request => ++answered == 2 ? new(503, "{}") : Accept(request));
        using var forwarder = Forwarder(server.Url);

        var failure = await Assert.ThrowsAsync<InfluxException>(() => forwarder.DrainAsync(default));
        Assert.Equal(InfluxErrorKind.Retryable, failure.Kind);
        Assert.InRange((await forwarder.StatusAsync(default)).Waiting, 7000, 12_001);
        await forwarder.DrainAsync(default);

        Assert.Equal(0, (await forwarder.StatusAsync(default)).Waiting);
        Assert.Equal(12_000, stored.Distinct().Count(line => line.StartsWith("sample,", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_order_of_a_channel_is_kept()
    {
        await using var server = new ScriptedServer(Accept);
        using var forwarder = Forwarder(server.Url);
        await forwarder.TurnOnAsync(default);
        await Task.WhenAll(Samples.Series(T0, TimeSpan.FromSeconds(30), 11_000).Chunk(16).Select(pack => intake.AppendAsync(pack, default)));
        await forwarder.DrainAsync(default);

        var sequences = stored.Where(line => line.StartsWith("sample,", StringComparison.Ordinal))
            .Select(line => long.Parse(Sequence().Match(line).Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Enumerable.Range(1, 11_000).Select(i => (long)i), sequences);
    }

    [Fact]
    public async Task A_point_refused_for_good_goes_to_quarantine_with_the_servers_words_and_the_rest_goes_on()
    {
        await using var server = new ScriptedServer(request => request.Body.Contains("seq=7i", StringComparison.Ordinal)
            ? new(400, """{"error":"partial write: field type conflict dropped=1"}""")
            : Accept(request));
        using var forwarder = Forwarder(server.Url);
        await forwarder.TurnOnAsync(default);
        await intake.AppendAsync(Samples.Series(T0, Step, 20), default);

        await forwarder.DrainAsync(default);

        var entry = Assert.Single(await new Quarantine(database).ListAsync(0, 10, default));
        Assert.Equal(("influx", "partial write: field type conflict dropped=1"), (entry.Message.Source, entry.Message.Reason));
        Assert.Contains("seq=7i", System.Text.Encoding.UTF8.GetString(entry.Message.Payload.Span), StringComparison.Ordinal);
        Assert.Equal(19, stored.Distinct().Count(line => line.StartsWith("sample,", StringComparison.Ordinal)));
        var status = await forwarder.StatusAsync(default);
        Assert.Equal((0L, 1L), (status.Waiting, status.Refused));
    }

    [Fact]
    public async Task Wrong_credentials_put_no_point_into_quarantine()
    {
        await using var server = new ScriptedServer(_ => new(401, """{"error":"authorization failed"}"""));
        using var forwarder = Forwarder(server.Url);
        await forwarder.TurnOnAsync(default);
        await intake.AppendAsync(Samples.Series(T0, Step, 5), default);
        await Assert.ThrowsAsync<InfluxException>(() => forwarder.DrainAsync(default));
        Assert.Equal(0, await new Quarantine(database).CountAsync(default));
        Assert.Equal(6, (await forwarder.StatusAsync(default)).Waiting); // five samples and what dates their boot
    }

    [Fact]
    public async Task The_running_forwarder_goes_through_an_outage_by_itself()
    {
        var outage = 3;
        var done = new TaskCompletionSource();
        await using var server = new ScriptedServer(request =>
        {
            if (outage-- > 0)
            {
                return new(503, "{}", new() { ["Retry-After"] = "0" });
            }

            var answer = Accept(request);
            done.TrySetResult();
            return answer;
        });
        await intake.AppendAsync(Samples.Series(T0, Step, 5), default);
        using var forwarder = Forwarder(server.Url);
        using var stop = new CancellationTokenSource();
        var running = forwarder.RunAsync(stop.Token);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await running.ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.Equal(5, stored.Distinct().Count(line => line.StartsWith("sample,", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_intake_is_shortened_only_by_policy_and_only_when_all_is_confirmed()
    {
        await using var server = new ScriptedServer(Accept);
        using var forwarder = Forwarder(server.Url);
        await forwarder.TurnOnAsync(default);
        await intake.AppendAsync(Samples.Series(T0, Step, 10), default);
        Assert.Equal(0, await intake.RemoveForwardedAsync(T0 + 5 * Step, default));

        await forwarder.DrainAsync(default);

        Assert.Equal(5, await intake.RemoveForwardedAsync(T0 + 5 * Step, default));
        Assert.Equal(5, (await intake.StatisticsAsync(Samples.Ch1, T0, T0.AddYears(1), default)).Count);
    }

    [Fact]
    public async Task What_was_confirmed_is_not_sent_again_after_a_restart()
    {
        await using (var server = new ScriptedServer(Accept))
        {
            using var forwarder = Forwarder(server.Url);
            await forwarder.TurnOnAsync(default);
            await intake.AppendAsync(Samples.Series(T0, TimeSpan.FromSeconds(30), 12_000), default);
            await forwarder.DrainAsync(default);
        }

        await database.DisposeAsync();
        database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        intake = new SqliteReadingStore(database);
        stored.Clear();
        await intake.AppendAsync([Samples.Of(1, 12_001, T0.AddDays(40))], default);
        await using var again = new ScriptedServer(Accept);
        using var resumed = Forwarder(again.Url);
        await resumed.TurnOnAsync(default);
        Assert.Equal(1, (await resumed.StatusAsync(default)).Waiting);

        Assert.Equal(3, await resumed.DrainAsync(default));

        Assert.Contains("seq=12001i", Assert.Single(stored), StringComparison.Ordinal);
        Assert.Equal((0, TimeSpan.Zero), await Lag(resumed));
        Assert.Equal(0, await database.ReadAsync(static session => session.Scalar("SELECT count(*) FROM outbox"), default));
    }

    [Fact]
    public async Task A_confirmation_in_the_middle_leaves_what_comes_after_it_waiting()
    {
        using var forwarder = Forwarder(new Uri("http://127.0.0.1:9/"));
        await forwarder.TurnOnAsync(default);
        await intake.AppendAsync(Samples.Series(T0, Step, 9), default);

        await database.Writer.WriteAsync(static session => { Outbox.Confirm(session, 4); return 0; }, default);

        Assert.Equal(6, (await forwarder.StatusAsync(default)).Waiting); // nine samples and what dates their boot, less four
        await using var server = new ScriptedServer(Accept);
        using var other = Forwarder(server.Url);
        await other.DrainAsync(default);
        Assert.Equal([4, 5, 6, 7, 8, 9], stored.Select(line => int.Parse(Sequence().Match(line).Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_stored_row_becomes_the_line_that_its_sample_is()
    {
        var sample = Samples.Of(1234, 1_000_017, T0, pulses: long.MaxValue, temperature: -4000, humidity: 0, up: 77) with { Flags = SampleFlags.FirstOfBoot | SampleFlags.OffGrid };
        Sample[] samples =
        [
            sample,
            sample with { Sequence = 2, Clock = ClockQuality.Estimated, Values = [sample.Values[2], new("t1", Quantity.AirTemperature, 0, MissingReason.Crc), new("ch8", Quantity.PulseRegister, 9_007_199_254_740_993, MissingReason.None)] },
            sample with { Sequence = 3, Board = Samples.OtherBoard, Values = [] },
        ];
        await using var server = new ScriptedServer(Accept);
        using var forwarder = Forwarder(server.Url);
        await forwarder.TurnOnAsync(default);
        await intake.AppendAsync(samples, default);
        await forwarder.DrainAsync(default);

        var lines = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var one in samples)
        {
            LineProtocol.WriteSample(lines, one);
        }

        Assert.Equal(
            System.Text.Encoding.UTF8.GetString(lines.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            stored.Where(line => line.StartsWith("sample,", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Entries_far_apart_removed_or_queued_by_an_older_version_are_all_dealt_with()
    {
        await using var server = new ScriptedServer(Accept);
        using var forwarder = Forwarder(server.Url);
        await forwarder.TurnOnAsync(default);
        await intake.AppendAsync(
            [Samples.Of(1, 1, T0), Samples.Of(1, 2, T0 + Step), Samples.Of(1, 3, T0.AddDays(300)), Samples.Of(2, 1, T0), Samples.Of(1, 4, T0.AddYears(2)), Samples.Undated(3, 1, up: 9)], default);
        await intake.AppendAsync(Samples.Series(T0, Step, 3, Samples.OtherBoard), default);
        await database.Writer.WriteAsync(
            static session =>
            {
                session.Execute("UPDATE outbox SET time = NULL WHERE seq = 3");
                session.Execute("DELETE FROM sample WHERE boot = 1 AND seq = 2");
                return 0;
            },
            default);

        Assert.Equal(6 * 3, await forwarder.DrainAsync(default));

        Assert.Equal(
            [(1, 1), (1, 1), (1, 3), (1, 3), (1, 4), (2, 1)],
            stored.Where(line => line.StartsWith("sample,", StringComparison.Ordinal)).Select(KeyOf).Order());
        Assert.Equal((3, 1), KeyOf(Assert.Single(stored, line => line.StartsWith("undated,", StringComparison.Ordinal))));
        Assert.Equal(0, (await forwarder.StatusAsync(default)).Waiting);

        static (int Boot, int Sequence) KeyOf(string line) =>
            (int.Parse(Boot().Match(line).Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(Sequence().Match(line).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private ScriptedServer.Answer Accept(ScriptedServer.Request request)
    {
        stored.AddRange(request.Lines);
        return new(204);
    }

    private InfluxForwarder Forwarder(Uri url) =>
        new(database, intake, new InfluxOptions { Url = url }, new ForwardOptions { RetryMin = TimeSpan.FromMilliseconds(1) }, NullLogger<InfluxForwarder>.Instance);

    private static async Task<(long Waiting, TimeSpan Lag)> Lag(InfluxForwarder forwarder)
    {
        var status = await forwarder.StatusAsync(default);
        return (status.Waiting, status.Lag);
    }

    [GeneratedRegex(@"[ ,]boot=(\d+)i")]
    private static partial Regex Boot();

    [GeneratedRegex(@"[ ,]seq=(\d+)i")]
    private static partial Regex Sequence();
}
