using Metering.Collector.Diagnostics;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Core.Readings;
using Xunit;

namespace Metering.Collector.Tests.Diagnostics;

public sealed class DoctorTests
{
    private static readonly DateTimeOffset Heard = new(2016, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(20, "board", DoctorSeverity.Good)]
    [InlineData(31, "board", DoctorSeverity.Warning)]
    [InlineData(-11, "clock", DoctorSeverity.Trouble)]
    public async Task A_board_is_judged_by_the_age_of_its_last_sample(int minutesLater, string check, DoctorSeverity severity)
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        await new SqliteReadingStore(database).AppendAsync(
            [new Sample("024d54fffe000001", 1, 1, 0, Heard, ClockQuality.Synchronised, SampleFlags.None, [new("t1", Quantity.AirTemperature, 2150, MissingReason.None)])],
            default);

        var findings = await new Doctor(database, new FixedClock(Heard.AddMinutes(minutesLater))).ExamineAsync(default);

        Assert.Contains(findings, f => f.Check == check && f.Severity == severity && f.Sentence.Contains("024d54fffe000001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_in_quarantine_is_reported_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        await new Quarantine(database).HoldAsync(new HeldMessage("mqtt", "t", new byte[] { 1 }, "not-json"), default);

        var finding = Assert.Single(await new Doctor(database, TimeProvider.System).ExamineAsync(default), f => f.Check == "quarantine");

        Assert.Equal(DoctorSeverity.Warning, finding.Severity);
        Assert.Contains("metering quarantine list", finding.Advice, StringComparison.Ordinal);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
