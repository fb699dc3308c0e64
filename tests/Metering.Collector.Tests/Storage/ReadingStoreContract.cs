using FsCheck;
using FsCheck.Fluent;
using Metering.Collector.Storage;
using Metering.Core.Readings;
using Xunit;

namespace Metering.Collector.Tests.Storage;

/// <summary>
/// What every <see cref="IReadingStore"/> does, whichever database is behind. An adapter derives and opens an empty store.
/// </summary>
public abstract class ReadingStoreContract
{
    protected static readonly DateTimeOffset T0 = new(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);
    protected static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    /// <summary>An empty store; the caller disposes it.</summary>
    protected abstract Task<StoreUnderTest> OpenAsync();

    [StoreFact]
    public async Task Append_then_read_returns_what_was_appended()
    {
        await using var under = await OpenAsync();
        var sample = Samples.Of(1, seq: 17, T0, pulses: 12345, temperature: 2129, humidity: 4512);

        var result = await under.Store.AppendAsync([sample], default);

        Assert.Equal(new AppendResult(1, 0), result);
        Assert.Equal([new Reading(T0, 12345, 1, 17, ClockQuality.Synchronised, SampleFlags.None, MissingReason.None)], await under.ReadAll("ch1"));
        Assert.Equal([2129L], (await under.ReadAll("t1")).Select(r => r.Value));
        Assert.Equal([4512L], (await under.ReadAll("rh1")).Select(r => r.Value));
    }

    [StoreFact]
    public async Task Append_of_nothing_stores_nothing()
    {
        await using var under = await OpenAsync();
        Assert.Equal(default, await under.Store.AppendAsync([], default));
        Assert.Empty(await under.Store.ChannelsAsync(default));
    }

    [StoreFact]
    public async Task Append_of_the_same_samples_again_is_told_as_duplicates_and_leaves_the_same_store()
    {
        await using var under = await OpenAsync();
        var samples = Samples.Series(T0, Step, 20);
        await under.Store.AppendAsync(samples, default);
        var before = await under.ReadAll("ch1");

        var again = await under.Store.AppendAsync(samples, default);

        Assert.Equal(new AppendResult(0, 20), again);
        Assert.Equal(before, await under.ReadAll("ch1"));
    }

    [StoreFact]
    public async Task Append_of_a_sample_twice_in_one_call_stores_it_once()
    {
        await using var under = await OpenAsync();
        var sample = Samples.Of(1, 1, T0);
        Assert.Equal(new AppendResult(1, 1), await under.Store.AppendAsync([sample, sample], default));
        Assert.Single(await under.ReadAll("ch1"));
    }

    [StoreFact]
    public async Task A_known_key_with_another_content_is_a_conflict_and_the_first_content_stays()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Of(1, 1, T0, pulses: 100)], default);

        var result = await under.Store.AppendAsync([Samples.Of(1, 1, T0, pulses: 7)], default);

        Assert.Equal(new AppendResult(0, 0, 1), result);
        Assert.Equal([100L], (await under.ReadAll("ch1")).Select(r => r.Value));
    }

    [StoreFact]
    public async Task Reads_are_ordered_by_time_then_boot_then_sequence_whatever_the_order_of_arrival()
    {
        await using var under = await OpenAsync();
        Sample[] samples =
        [
            Samples.Of(2, 1, T0), // the clock was set back at the reboot
            Samples.Of(1, 3, T0 + Step),
            Samples.Of(1, 2, T0),
            Samples.Of(1, 1, T0),
            Samples.Of(2, 2, T0 + Step),
        ];
        foreach (var sample in samples)
        {
            await under.Store.AppendAsync([sample], default);
        }

        Assert.Equal(
            [(1L, 1L), (1L, 2L), (2L, 1L), (1L, 3L), (2L, 2L)],
            (await under.ReadAll("ch1")).Select(r => (r.Boot, r.Sequence)));
    }

    [StoreFact]
    public void Any_order_and_any_repetition_of_the_same_messages_leaves_the_same_store()
    {
        // Two boots; the first samples of each were taken before the clock was set (law 6), the second clock is better.
        Sample[] samples =
        [
            Samples.Undated(1, 1, up: 10), Samples.Undated(1, 2, up: 600),
            Samples.Of(1, 3, T0, clock: ClockQuality.Estimated, up: 1200), Samples.Of(1, 4, T0 + Step + TimeSpan.FromSeconds(7), up: 1800),
            Samples.Undated(2, 1, up: 5), Samples.Of(2, 2, T0 + 3 * Step, up: 605), Samples.Undated(3, 1, up: 1),
        ];
        var property = Prop.ForAll(
            Gen.Shuffle([.. samples, .. samples]).ToArbitrary(),
            arrived => Task.Run(async () =>
            {
                await using var expected = await OpenAsync();
                await expected.Store.AppendAsync(samples, default);
                await using var under = await OpenAsync();
                foreach (var sample in arrived)
                {
                    await under.Store.AppendAsync([sample], default);
                }

                return await VersionOf(under.Store) == await VersionOf(expected.Store)
                    && (await under.ReadAll("ch1")).Count == 6;
            }).GetAwaiter().GetResult());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(OrdersTried), property);
    }

    /// <summary>Orders of arrival tried by the property.</summary>
    protected virtual int OrdersTried => 25;

    [StoreFact]
    public async Task A_sample_without_a_clock_is_dated_from_a_later_one_of_its_boot()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Undated(1, 1, up: 30)], default);
        Assert.Empty(await under.ReadAll("ch1"));

        await under.Store.AppendAsync([Samples.Of(1, 2, T0, up: 630)], default);

        var readings = await under.ReadAll("ch1");
        Assert.Equal([T0 - TimeSpan.FromSeconds(600), T0], readings.Select(r => r.Time));
        Assert.Equal(ClockQuality.None, readings[0].Clock);
    }

    [StoreFact]
    public async Task A_sample_without_a_clock_that_arrives_after_the_dated_one_is_dated_at_once()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Of(1, 2, T0, up: 630)], default);
        await under.Store.AppendAsync([Samples.Undated(1, 1, up: 30)], default);
        Assert.Equal([1L, 2L], (await under.ReadAll("ch1")).Select(r => r.Sequence));
    }

    [StoreFact]
    public async Task A_sample_without_a_clock_is_not_dated_from_another_boot()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Undated(1, 1, up: 30), Samples.Of(2, 1, T0, up: 60)], default);
        Assert.Equal([2L], (await under.ReadAll("ch1")).Select(r => r.Boot));
    }

    [StoreFact]
    public async Task The_range_of_a_read_includes_its_beginning_and_excludes_its_end()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync(Samples.Series(T0, Step, 4), default);

        Assert.Equal([2L, 3L], (await under.Read("ch1", T0 + Step, T0 + 3 * Step)).Select(r => r.Sequence));
        Assert.Equal([2L], (await under.Read("ch1", T0 + Step, T0 + Step + TimeSpan.FromTicks(1))).Select(r => r.Sequence));
        Assert.Equal([3L], (await under.Read("ch1", T0 + Step + TimeSpan.FromTicks(1), T0 + 3 * Step)).Select(r => r.Sequence));
    }

    [StoreFact]
    public async Task An_empty_or_reversed_range_reads_nothing()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync(Samples.Series(T0, Step, 4), default);
        Assert.Empty(await under.Read("ch1", T0, T0));
        Assert.Empty(await under.Read("ch1", T0 + Step, T0));
        Assert.Empty(await under.Read("ch1", T0.AddYears(1), T0.AddYears(2)));
    }

    [StoreFact]
    public async Task An_instant_is_the_same_in_any_time_zone()
    {
        await using var under = await OpenAsync();
        var guadeloupe = new DateTimeOffset(2026, 1, 11, 12, 0, 0, TimeSpan.FromHours(-4));
        await under.Store.AppendAsync([Samples.Of(1, 1, guadeloupe)], default);

        var reading = Assert.Single(await under.Read("ch1", guadeloupe.ToOffset(TimeSpan.FromHours(11)), guadeloupe.AddSeconds(1)));
        Assert.Equal(T0, reading.Time);
        Assert.Equal(TimeSpan.Zero, reading.Time.Offset);
    }

    [StoreTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-4000)]
    [InlineData((1L << 53) - 1)]
    [InlineData((1L << 53) + 1)] // not a double
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task Values_are_kept_to_the_last_digit(long value)
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Of(1, 1, T0, pulses: value, temperature: value)], default);
        Assert.Equal([value], (await under.ReadAll("ch1")).Select(r => r.Value));
        Assert.Equal([value], (await under.ReadAll("t1")).Select(r => r.Value));
    }

    [StoreTheory]
    [InlineData(MissingReason.Absent)]
    [InlineData(MissingReason.Nack)]
    [InlineData(MissingReason.Crc)]
    [InlineData(MissingReason.Timeout)]
    [InlineData(MissingReason.Range)]
    [InlineData(MissingReason.Heater)]
    public async Task A_missing_value_is_kept_with_its_reason_and_is_not_a_zero(MissingReason reason)
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Of(1, 1, T0) with { Values = [new("t1", Quantity.AirTemperature, 0, reason), new("ch1", Quantity.PulseRegister, 5, MissingReason.None)] }], default);

        var reading = Assert.Single(await under.ReadAll("t1"));
        Assert.Equal((0L, reason), (reading.Value, reading.Missing));
        Assert.Equal(5, Assert.Single(await under.ReadAll("ch1")).Value);
        Assert.Equal((0L, 1L), await under.Counts("t1"));
    }

    [StoreFact]
    public async Task What_the_board_said_about_a_sample_is_kept()
    {
        await using var under = await OpenAsync();
        const SampleFlags flags = SampleFlags.RegisterRestored | SampleFlags.JournalDropped | SampleFlags.OffGrid | SampleFlags.RegisterSet | SampleFlags.FirstOfBoot;
        await under.Store.AppendAsync([Samples.Of(1, 1, T0, clock: ClockQuality.Estimated) with { Flags = flags }], default);
        var reading = Assert.Single(await under.ReadAll("ch1"));
        Assert.Equal((flags, ClockQuality.Estimated), (reading.Flags, reading.Clock));
    }

    [StoreFact]
    public async Task A_board_that_changes_its_channels_keeps_the_old_readings()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Of(1, 1, T0)], default);
        await under.Store.AppendAsync([Samples.Of(1, 2, T0 + Step) with { Values = [new("p1", Quantity.AirPressure, 101325, MissingReason.None), new("ch1", Quantity.PulseRegister, 9, MissingReason.None)] }], default);

        Assert.Equal([0L, 9L], (await under.ReadAll("ch1")).Select(r => r.Value));
        Assert.Equal([101325L], (await under.ReadAll("p1")).Select(r => r.Value));
        Assert.Single(await under.ReadAll("t1"));
        Assert.Equal(["ch1", "p1", "rh1", "t1"], (await under.Store.ChannelsAsync(default)).Select(c => c.Channel));
    }

    [StoreFact]
    public async Task Channels_are_listed_by_board_and_channel()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Of(1, 1, T0, board: Samples.OtherBoard), Samples.Of(1, 1, T0)], default);
        Assert.Equal(
            [(Samples.Board, "ch1"), (Samples.Board, "rh1"), (Samples.Board, "t1"), (Samples.OtherBoard, "ch1"), (Samples.OtherBoard, "rh1"), (Samples.OtherBoard, "t1")],
            (await under.Store.ChannelsAsync(default)).Select(c => (c.Board, c.Channel)));
    }

    [StoreFact]
    public async Task Boards_do_not_mix()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync([Samples.Of(1, 1, T0, pulses: 1), Samples.Of(1, 1, T0, pulses: 2, board: Samples.OtherBoard)], default);
        Assert.Equal([1L], (await under.ReadAll("ch1")).Select(r => r.Value));
    }

    [StoreFact]
    public async Task Latest_is_the_newest_by_time_not_the_last_to_arrive()
    {
        await using var under = await OpenAsync();
        Assert.Null(await under.Store.LatestAsync(Samples.Ch1, default));
        await under.Store.AppendAsync([Samples.Of(1, 2, T0 + Step)], default);
        await under.Store.AppendAsync([Samples.Of(1, 1, T0)], default);
        Assert.Equal(2, (await under.Store.LatestAsync(Samples.Ch1, default))!.Value.Sequence);
        Assert.Null(await under.Store.LatestAsync(Samples.Ch1 with { Channel = "ch8" }, default));
        Assert.Null(await under.Store.LatestAsync(Samples.Ch1 with { Board = "00000000000000ff" }, default));
    }

    [StoreFact]
    public async Task Statistics_count_values_and_missing_ones_between_first_and_last()
    {
        await using var under = await OpenAsync();
        await under.Store.AppendAsync(Samples.Series(T0, Step, 10), default);
        await under.Store.AppendAsync([Samples.Of(1, 11, T0 + 10 * Step) with { Values = [new("ch1", Quantity.PulseRegister, 0, MissingReason.Absent)] }], default);

        var all = await under.Store.StatisticsAsync(Samples.Ch1, T0 + Step, T0 + 100 * Step, default);

        Assert.Equal((9L, 1L, 2L, 11L), (all.Count, all.Missing, all.First!.Value.Sequence, all.Last!.Value.Sequence));
        Assert.Equal(new ChannelStatistics(0, 0, null, null), await under.Store.StatisticsAsync(Samples.Ch1, T0.AddYears(-1), T0, default));
    }

    [StoreFact]
    public async Task Concurrent_writers_of_the_same_and_of_other_samples_lose_nothing_and_double_nothing()
    {
        await using var under = await OpenAsync();
        var series = Samples.Series(T0, Step, 200);
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var order = series.ToArray();
            new Random(writer).Shuffle(order);
            var stored = 0;
            foreach (var chunk in order.Chunk(7))
            {
                stored += (await under.Store.AppendAsync(chunk, default)).Stored;
            }

            return stored;
        }));

        var told = await Task.WhenAll(writers);

        Assert.Equal(200, told.Sum());
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), (await under.ReadAll("ch1")).Select(r => r.Sequence));
    }

    [StoreFact]
    public async Task A_long_range_is_read_whole_and_in_order()
    {
        await using var under = await OpenAsync();
        const int count = 10_000; // more than one page of any adapter
        await under.Store.AppendAsync(Samples.Series(T0, TimeSpan.FromSeconds(60), count), default);
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), (await under.ReadAll("ch1")).Select(r => r.Sequence));
    }

    [StoreFact]
    public async Task A_sample_that_no_board_can_have_sent_is_refused_before_anything_is_written()
    {
        await using var under = await OpenAsync();
        Sample good = Samples.Of(1, 1, T0);
        Sample[] wrong =
        [
            good with { Board = "NOT-A-BOARD" },
            good with { Boot = 0 },
            good with { Sequence = 0 },
            good with { UptimeSeconds = -1 },
            good with { Time = T0.AddMilliseconds(1) },
            good with { Time = new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero) },
            good with { Values = [new("zz1", Quantity.PulseRegister, 1, MissingReason.None)] },
            good with { Values = [good.Values[0], good.Values[0]] },
        ];
        foreach (var sample in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => under.Store.AppendAsync([good with { Sequence = 5 }, sample], default));
        }

        Assert.Empty(await under.Store.ChannelsAsync(default));
    }

    [StoreFact]
    public async Task The_data_version_changes_with_one_late_reading_and_with_nothing_else()
    {
        await using var under = await OpenAsync();
        var series = Samples.Series(T0, Step, 50);
        await under.Store.AppendAsync([.. series.Where(s => s.Sequence != 25)], default);
        var before = await VersionOf(under.Store);
        await under.Store.AppendAsync([.. series.Take(10)], default);
        Assert.Equal(before, await VersionOf(under.Store));

        await under.Store.AppendAsync([series[24]], default);

        var after = await VersionOf(under.Store);
        Assert.NotEqual(before.Hash, after.Hash);
        Assert.Equal(before.Readings + 1, after.Readings);
    }

    [StoreFact]
    public async Task A_board_read_at_once_gives_what_its_channels_give_one_by_one()
    {
        await using var under = await OpenAsync();
        var series = Samples.Series(T0, Step, 60);
        var changed = series[30..40].Select(s => s with { Flags = SampleFlags.RegisterRestored | SampleFlags.OffGrid, Values = [new("t1", Quantity.AirTemperature, 0, MissingReason.Crc), s.Values[0]] });
        await under.Store.AppendAsync([.. series[..30], .. changed, .. series[40..]], default);
        await under.Store.AppendAsync([Samples.Undated(2, 1, up: 5), Samples.Of(2, 2, T0 + 5.5 * Step, pulses: 7, up: 65)], default);
        await under.Store.AppendAsync(Samples.Series(T0, Step, 5, Samples.OtherBoard), default);
        var (from, to) = (T0 + 3 * Step, T0 + 55 * Step);

        var board = await under.Store.ReadBoardAsync(Samples.Board, ["rh1", "ch1", "t1", "t4"], from, to, default);

        foreach (var channel in new[] { "ch1", "t1", "rh1" })
        {
            Assert.Equal(await under.Read(channel, from, to), board.Of(channel).Between(T0, T0.AddYears(1)));
            Assert.Equal(await under.Read(channel, from + 1.5 * Step, to - Step), board.Of(channel).Between(from + 1.5 * Step, to - Step));
        }

        Assert.Equal(54, board.Of("ch1").Between(from, to).Count);
        Assert.Equal(44, board.Of("rh1").Between(from, to).Count);
        Assert.Empty(board.Of("t4").Between(from, to));
        Assert.Empty(board.Of("ch1").Between(to, from));
        Assert.Throws<ArgumentException>(() => board.Of("p1"));
        Assert.Empty((await under.Store.ReadBoardAsync("0000000000000001", ["ch1"], from, to, default)).Of("ch1").Between(from, to));
    }

    [StoreFact]
    public async Task The_extent_of_a_channel_is_its_first_and_last_instant_in_the_range()
    {
        await using var under = await OpenAsync();
        var series = Samples.Series(T0, Step, 20);
        var without = series.Select(s => s with { Values = s.Sequence is 1 or 20 ? s.Values : [.. s.Values.Skip(1)] });
        await under.Store.AppendAsync([.. without], default);
        var (begin, end) = (DateTimeOffset.UnixEpoch, T0.AddYears(1));

        Assert.Equal((T0, T0 + 19 * Step), await under.Store.ExtentAsync(Samples.Ch1, begin, end, default));
        Assert.Null(await under.Store.ExtentAsync(Samples.Ch1, T0 + Step, T0 + 19 * Step, default));
        Assert.Equal((T0 + Step, T0 + 18 * Step), await under.Store.ExtentAsync(new ChannelKey(Samples.Board, "t1"), T0 + 0.5 * Step, T0 + 19 * Step, default));
        Assert.Null(await under.Store.ExtentAsync(new ChannelKey(Samples.Board, "p1"), begin, end, default));
        Assert.Null(await under.Store.ExtentAsync(new ChannelKey("0000000000000001", "ch1"), begin, end, default));
    }

    protected static Task<DataVersion> VersionOf(IReadingStore store) =>
        DataVersion.OfAsync(store, [Samples.Ch1], T0.AddYears(-1), T0.AddYears(1), default);
}

/// <summary>A store and what has to end with it.</summary>
public sealed class StoreUnderTest(IReadingStore store, Func<ValueTask> close) : IAsyncDisposable
{
    public IReadingStore Store { get; } = store;

    public async Task<List<Reading>> Read(string channel, DateTimeOffset from, DateTimeOffset to)
    {
        var readings = new List<Reading>();
        await foreach (var reading in Store.ReadAsync(new ChannelKey(Samples.Board, channel), from, to, default))
        {
            readings.Add(reading);
        }

        return readings;
    }

    public Task<List<Reading>> ReadAll(string channel) =>
        Read(channel, DateTimeOffset.UnixEpoch, new DateTimeOffset(2199, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public async Task<(long Count, long Missing)> Counts(string channel)
    {
        var statistics = await Store.StatisticsAsync(new ChannelKey(Samples.Board, channel), DateTimeOffset.UnixEpoch, new DateTimeOffset(2199, 1, 1, 0, 0, 0, TimeSpan.Zero), default);
        return (statistics.Count, statistics.Missing);
    }

    public ValueTask DisposeAsync() => close();
}
