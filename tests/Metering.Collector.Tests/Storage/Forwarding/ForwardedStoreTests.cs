using Metering.Collector.Storage;
using Metering.Collector.Storage.Forwarding;
using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage.Influx;
using Metering.Core.Readings;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Metering.Collector.Tests.Storage.Forwarding;

/// <summary>Whatever went through the intake reads the same from the real influxd: same readings, same data version.</summary>
[NeedsProgram("influxd")]
public sealed class ForwardedStoreTests(InfluxdFixture fixture) : IClassFixture<InfluxdFixture>
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);

    [StoreFact]
    public async Task Both_stores_have_the_same_data_version_whatever_arrived_in_whatever_order()
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        var intake = new SqliteReadingStore(database);
        var options = fixture.Server.Options(fixture.NewDatabase());
        using var forwarder = new InfluxForwarder(database, intake, options, new ForwardOptions(), NullLogger<InfluxForwarder>.Instance);
        await forwarder.EnsureDatabaseAsync(default);
        using var influx = new InfluxReadingStore(options, static (point, _) => throw new InvalidOperationException(point.Words));

        // Before forwarding begins: a boot without a clock, dated late, and one that is never dated.
        await intake.AppendAsync([Samples.Undated(2, 1, up: 5), Samples.Undated(2, 2, up: 600), Samples.Undated(3, 1, up: 1)], default);
        await intake.AppendAsync(Samples.Series(T0, TimeSpan.FromMinutes(10), 300), default);
        await intake.AppendAsync([Samples.Of(2, 4, T0.AddDays(3), clock: ClockQuality.Estimated, up: 1800)], default);
        await forwarder.TurnOnAsync(default);
        await forwarder.DrainAsync(default);
        await AssertSameAsync(intake, influx, 303);

        // While it runs: a better clock dates the boot anew, a sample comes again with a clock, values go missing.
        await intake.AppendAsync([Samples.Of(2, 3, T0.AddDays(3).AddSeconds(-597), up: 1200)], default);
        await intake.AppendAsync([Samples.Of(2, 2, T0.AddDays(2), up: 600)], default);
        await intake.AppendAsync([Samples.Of(4, 1, T0.AddDays(4)) with { Values = [new("ch1", Quantity.PulseRegister, 0, MissingReason.Crc)] }], default);
        await forwarder.DrainAsync(default);
        await AssertSameAsync(intake, influx, 305);
    }

    private static async Task AssertSameAsync(SqliteReadingStore intake, InfluxReadingStore influx, long readings)
    {
        var channels = await intake.ChannelsAsync(default);
        Assert.Equal(channels, await influx.ChannelsAsync(default));
        var expected = await DataVersion.OfAsync(intake, [Samples.Ch1], T0.AddYears(-1), T0.AddYears(1), default);
        Assert.Equal(readings, expected.Readings);
        Assert.Equal(expected, await DataVersion.OfAsync(influx, [Samples.Ch1], T0.AddYears(-1), T0.AddYears(1), default));
        Assert.Equal(await intake.LatestAsync(Samples.Ch1, default), await influx.LatestAsync(Samples.Ch1, default));
    }
}
