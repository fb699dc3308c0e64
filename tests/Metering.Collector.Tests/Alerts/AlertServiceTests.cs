using Metering.Collector.Alerts;
using Metering.Collector.Diagnostics;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Mqtt;
using Metering.Collector.Tests.Storage;
using Metering.Core.Alerts;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Metering.Collector.Tests.Alerts;

/// <summary>From readings in the store to alerts in the book and messages that leave, on a clock that is moved by hand.</summary>
public sealed class AlertServiceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset T0 = new(2031, 5, 6, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly ManualTime clock = new() { Now = T0 };
    private readonly RecordingChannel channel = new();
    private SqliteDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, clock, default);
        await new RegistryStore(database).SaveAsync(Registry(), "test", "set up", default);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_board_that_falls_silent_is_raised_once_and_cleared_after_it_speaks_again()
    {
        await AppendAsync(0, 6);
        var alerts = Service();
        Assert.Empty(await LookAsync(alerts, minutes: 60));
        var raised = Assert.Single(await LookAsync(alerts, minutes: 111), c => c.Key.Kind == AlertKind.SilentBoard);
        Assert.True(raised.IsRaised);
        Assert.Equal(Samples.Board, raised.Key.Subject);
        Assert.Empty(await LookAsync(alerts, minutes: 200));

        await AppendAsync(6, 15);
        Assert.Empty(await LookAsync(alerts, minutes: 201));
        Assert.Empty(await LookAsync(alerts, minutes: 210));
        await AppendAsync(21, 3);
        Assert.False(Assert.Single(await LookAsync(alerts, minutes: 232)).IsRaised);
        var kept = Assert.Single(await new AlertLedger(database).ListAsync(false, null, 10, default));
        Assert.NotNull(kept.Cleared);
    }

    [Fact]
    public async Task A_sensor_without_value_is_an_alert_of_the_sensor_and_not_of_the_board()
    {
        await AppendAsync(0, 20, missingFrom: 5);
        var change = Assert.Single(await LookAsync(Service(), minutes: 191));

        Assert.Equal(new AlertKey(AlertKind.SilentSensor, Samples.Board + "/t1"), change.Key);
        Assert.Equal(151, change.Value);
    }

    [Fact]
    public async Task A_jump_beyond_the_circuit_is_an_alert_for_a_day()
    {
        await AppendAsync(0, 3);
        await AppendAsync(3, 3, pulses: 10_000);
        var alerts = Service();
        var change = Assert.Single(await LookAsync(alerts, minutes: 55));

        // (10,000 + 3 - 1) pulses of 10 Wh in 1/6 h against 9 kW and 20 %.
        Assert.Equal(AlertKind.ImplausibleJump, change.Key.Kind);
        Assert.Equal(10_002 * 10 * 6 / 10_800.0, change.Value!.Value, 6);
        for (var i = 6; i < 160; i++)
        {
            await AppendAsync(i, 1, pulses: 10_000);
            Assert.DoesNotContain(await LookAsync(alerts, minutes: (i * 10) + 1), c => !c.IsRaised && i < 147);
        }

        Assert.NotNull(Assert.Single(await new AlertLedger(database).ListAsync(false, null, 10, default)).Cleared);
    }

    [Fact]
    public async Task An_index_that_the_display_does_not_confirm_is_an_alert()
    {
        // Counted: 3 pulses of 10 Wh a step, 4.32 kWh a day, 43.2 kWh in ten days; the display went on by 50 kWh.
        await AppendAsync(0, 1441);
        await new RegistryStore(database).SaveAsync(
            Registry() with { IndexVisits = [Visit(0, 1000), Visit(10, 1050)] }, "test", "visits", default);
        var change = Assert.Single(await LookAsync(Service(), minutes: 14_401));

        Assert.Equal(new AlertKey(AlertKind.IndexDrift, "meter"), change.Key);
        Assert.Equal(100 * (50 - 43.2 - 0.02 - 2) / 50, change.Value!.Value, 6);
    }

    [Fact]
    public async Task A_certificate_near_its_end_and_a_full_disk_are_alerts()
    {
        using var certificates = new TestCertificates();
        var changes = await LookAsync(Service(new AlertSubjects([("Mqtt:Certificate", certificates.File("server.crt"))], null, _ => 100L << 20)), minutes: 0);

        Assert.Contains(changes, c => c.Key == new AlertKey(AlertKind.Disk, "store") && c.Value == 100);
        Assert.Contains(changes, c => c.Key == new AlertKey(AlertKind.Certificate, "Mqtt:Certificate") && c.Value < 0);
    }

    [Fact]
    public async Task A_restart_raises_nothing_twice_and_what_was_not_sent_is_sent_later()
    {
        channel.Fails = true;
        await LookAsync(Service(), minutes: 100);
        var delivery = Delivery();
        await delivery.SendDueAsync(default);
        Assert.Empty(channel.Sent);
        Assert.Empty(await LookAsync(Service(), minutes: 100));

        channel.Fails = false;
        await delivery.SendDueAsync(default);
        Assert.Empty(channel.Sent);
        clock.Now += TimeSpan.FromSeconds(31);
        await Delivery().SendDueAsync(default);
        await Delivery().SendDueAsync(default);
        Assert.Equal(Samples.Board, Assert.Single(Assert.Single(channel.Sent)).Alert.Key.Subject);
    }

    [Fact]
    public async Task A_message_is_given_up_after_its_last_attempt_and_the_alert_stays()
    {
        channel.Fails = true;
        await LookAsync(Service(), minutes: 100);
        for (var i = 0; i < AlertDelivery.AttemptsMax + 5; i++)
        {
            await Delivery().SendDueAsync(default);
            clock.Now += TimeSpan.FromHours(2);
        }

        Assert.Equal(AlertDelivery.AttemptsMax, channel.Attempts);
        Assert.Single(await new AlertLedger(database).ListAsync(true, null, 10, default));
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(7, 1920)]
    [InlineData(8, 3600)]
    [InlineData(1000, 3600)]
    public void The_pause_doubles_up_to_an_hour(int attempts, double seconds) =>
        Assert.Equal(seconds, AlertDelivery.Pause(attempts).TotalSeconds);

    [Fact]
    public async Task The_first_acknowledgement_counts_and_names_who_and_when()
    {
        await LookAsync(Service(), minutes: 100);
        var book = new AlertLedger(database);
        var id = Assert.Single(await book.ListAsync(true, null, 10, default)).Id;

        Assert.Equal(AcknowledgeResult.Done, await book.AcknowledgeAsync(id, "anne", "fuse replaced", default));
        Assert.Equal(AcknowledgeResult.Already, await book.AcknowledgeAsync(id, "jean", null, default));
        Assert.Equal(AcknowledgeResult.Unknown, await book.AcknowledgeAsync(id + 1, "jean", null, default));
        Assert.Equal(new AlertAcknowledgement(clock.Now, "anne", "fuse replaced"), (await book.FindAsync(id, default))!.Acknowledged);
        await Assert.ThrowsAsync<ArgumentException>(() => book.AcknowledgeAsync(id, "anne", new string('x', AlertLedger.NoteCharactersMax + 1), default));
    }

    private static RegistrySnapshot Registry() => new()
    {
        Sites = [new Site { Id = "s", Name = "S", TimeZone = "UTC" }],
        Buildings = [new Building { Id = "b", SiteId = "s", Name = "B" }],
        Points =
        [
            new MeteringPoint { Id = "meter", BuildingId = "b", Name = "Meter", Use = PointUse.Total, MaxPowerW = 9000 },
            new MeteringPoint { Id = "room", BuildingId = "b", Name = "Room", Use = PointUse.IndoorClimate },
        ],
        Assignments =
        [
            new ChannelAssignment { PointId = "meter", Board = Samples.Board, Channel = "ch1", Quantity = Quantity.PulseRegister, From = T0 },
            new ChannelAssignment { PointId = "room", Board = Samples.Board, Channel = "t1", Quantity = Quantity.AirTemperature, From = T0 },
        ],
    };

    private static IndexVisit Visit(int day, decimal kwh) => new() { PointId = "meter", At = T0.AddDays(day), IndexKwh = kwh, Author = "anne" };

    private Task<AppendResult> AppendAsync(int from, int count, long pulses = 0, int? missingFrom = null) => new SqliteReadingStore(database).AppendAsync(
        [.. Enumerable.Range(from, count).Select(i => Samples.Of(1, i + 1, T0.AddMinutes(10 * i), pulses: pulses + (3L * i)) is var sample && i >= missingFrom
            ? sample with { Values = [.. sample.Values.Select(v => v.Channel == "t1" ? v with { Value = 0, Missing = MissingReason.Nack } : v)] }
            : sample)],
        default);

    private Task<IReadOnlyList<AlertChange>> LookAsync(AlertService alerts, int minutes)
    {
        clock.Now = T0.AddMinutes(minutes);
        return alerts.LookAsync(clock.Now, default);
    }

    private AlertDelivery Delivery() => new(new AlertLedger(database), [channel], clock, NullLogger<AlertDelivery>.Instance);

    private AlertService Service(AlertSubjects? subjects = null) => new(
        new AlertObserver(
            database, CorrectedReadingStore.Of(database), new RegistryStore(database), new BoardDirectory(), clock,
            subjects ?? new AlertSubjects([], null, static _ => long.MaxValue)),
        new AlertLedger(database), Delivery(), new AlertGate(), new AlertSettings(), clock, NullLogger<AlertService>.Instance);

    private sealed class RecordingChannel : IAlertChannel
    {
        public string Name => "test";

        public bool Fails { get; set; }

        public int Attempts { get; private set; }

        public List<IReadOnlyList<AlertMessage>> Sent { get; } = [];

        public Task SendAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken)
        {
            Attempts++;
            if (Fails)
            {
                throw new AlertSendException("not now");
            }

            Sent.Add(messages);
            return Task.CompletedTask;
        }
    }
}
