using System.Text;
using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Storage.Forwarding;

/// <summary>
/// Takes down what the server confirmed, beside the requests: while one confirmation is made durable the next ones gather,
/// and one fsync serves them all. Lost with a kill, the same points are written again, which changes nothing.
/// </summary>
internal sealed class Confirmations(SqliteDatabase database, string destination, CancellationToken cancellationToken)
{
    private readonly Quarantine quarantine = new(database);
    private List<RefusedLine> refused = [];
    private long confirmed;
    private Task<long> writing = Task.FromResult(0L);

    /// <summary>Adds a page that the server took, with the points that it refused for good.</summary>
    /// <exception cref="StoreUnavailableException">An earlier confirmation could not be written.</exception>
    internal void Add(OutboxBatch batch, IReadOnlyList<RefusedLine> bad)
    {
        confirmed = batch.Last;
        refused.AddRange(bad);
        if (!writing.IsCompleted)
        {
            return;
        }

        writing.GetAwaiter().GetResult();
        writing = WriteAsync();
    }

    /// <summary>Durable when the task completes.</summary>
    internal async Task CompleteAsync()
    {
        if (confirmed > await writing.ConfigureAwait(false))
        {
            await WriteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The entries leave and the refused points enter quarantine in one transaction.</summary>
    private Task<long> WriteAsync()
    {
        var (upTo, bad) = (confirmed, refused);
        refused = [];
        return database.Writer.WriteAsync(
            session =>
            {
                foreach (var line in bad)
                {
                    quarantine.Hold(session, new HeldMessage("influx", destination, Encoding.UTF8.GetBytes(line.Line), line.Words));
                }

                Outbox.Confirm(session, upTo);
                return upTo;
            },
            cancellationToken);
    }
}
