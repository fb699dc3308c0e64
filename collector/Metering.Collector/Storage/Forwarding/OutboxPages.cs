using System.Buffers;
using System.Threading.Channels;
using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Storage.Forwarding;

/// <summary>
/// Reads what waits ahead of the requests: pages are read, encoded and packed while the server works on the ones before.
/// Their buffers are used again.
/// </summary>
internal sealed class OutboxPages : IAsyncDisposable
{
    /// <summary>Pages that are ready or being made ready beside the one that is sent.</summary>
    internal const int PagesAheadMax = 2;

    private readonly Channel<OutboxPage> ready = Channel.CreateBounded<OutboxPage>(PagesAheadMax);
    private readonly Channel<OutboxPage> spare = Channel.CreateUnbounded<OutboxPage>();
    private readonly CancellationTokenSource stop;
    private readonly Task reading;

    internal OutboxPages(SqliteDatabase database, OutboxReader outbox, CancellationToken cancellationToken)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (var i = 0; i <= PagesAheadMax; i++)
        {
            spare.Writer.TryWrite(new OutboxPage());
        }

        reading = Task.Run(() => ReadAsync(database, outbox, stop.Token), CancellationToken.None);
    }

    /// <summary>The next page, or null: nothing more waits.</summary>
    /// <exception cref="StoreUnavailableException">The intake cannot be read.</exception>
    internal async Task<OutboxPage?> NextAsync()
    {
        if (await ready.Reader.WaitToReadAsync(stop.Token).ConfigureAwait(false) && ready.Reader.TryRead(out var page))
        {
            return page;
        }

        await reading.ConfigureAwait(false);
        return null;
    }

    /// <summary>A page that is sent; its buffers go on to another one.</summary>
    internal void Return(OutboxPage page) => spare.Writer.TryWrite(page);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task ReadAsync(SqliteDatabase database, OutboxReader outbox, CancellationToken cancellationToken)
    {
        try
        {
            long after = 0;
            while (true)
            {
                var page = await spare.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                page.Lines.ResetWrittenCount();
                page.Batch = await database.ReadAsync(
                    session => outbox.Read(session, after, InfluxPointWriter.LinesPerRequestMax, page.Lines), cancellationToken).ConfigureAwait(false);
                if (page.Batch.Entries == 0)
                {
                    return;
                }

                after = page.Batch.Last;
                InfluxHttp.Pack(page.Lines.WrittenSpan, page.Packed);
                await ready.Writer.WriteAsync(page, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ready.Writer.TryComplete();
        }
    }
}

/// <summary>Entries of one request, as lines and packed.</summary>
internal sealed class OutboxPage
{
    internal OutboxBatch Batch { get; set; }

    internal ArrayBufferWriter<byte> Lines { get; } = new();

    internal MemoryStream Packed { get; } = new();
}
