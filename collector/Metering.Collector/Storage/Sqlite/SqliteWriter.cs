using System.Threading.Channels;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// The only writer of the file. Requests that wait while a commit runs share the next one, so that one fsync
/// (synchronous=FULL) makes a whole group durable; a caller's task completes after the commit that holds its work.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Requests that may wait; a caller beyond waits for room, which is what slows a flood down.</summary>
    internal const int QueueRequestsMax = 8192;

    /// <summary>Work units (samples or rows) after which a group is committed although more requests wait.</summary>
    internal const int GroupUnitsMax = 20_000;

    private readonly Channel<WriteRequest> queue = Channel.CreateBounded<WriteRequest>(
        new BoundedChannelOptions(QueueRequestsMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly SqliteSession session;
    private readonly Task loop;

    internal SqliteWriter(SqliteSession session)
    {
        this.session = session;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Raised after a roll-back: what a writer remembered of the database may be wrong.</summary>
    internal event Action? RolledBack;

    /// <summary>Queues work for the next group.</summary>
    /// <param name="work">Runs on the writer; its exception undoes this request alone, an unavailable store undoes the group.</param>
    /// <param name="cancellationToken">Stops waiting; work in the queue may still take effect.</param>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new WriteRequest<T>(work, 1, isolated: true), cancellationToken);

    /// <summary>Queues work that was checked before and fails only when the store does: spares the savepoint, whose page copies cost more than the rows.</summary>
    /// <param name="work">Runs on the writer; any exception undoes the group.</param>
    /// <param name="units">Size of the work for <see cref="GroupUnitsMax"/>.</param>
    /// <param name="cancellationToken">Stops waiting; work in the queue may still take effect.</param>
    internal Task<T> AppendAsync<T>(Func<SqliteSession, T> work, int units, CancellationToken cancellationToken) =>
        EnqueueAsync(new WriteRequest<T>(work, units, isolated: false), cancellationToken);

    private async Task<T> EnqueueAsync<T>(WriteRequest<T> request, CancellationToken cancellationToken)
    {
        try
        {
            await queue.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new StoreUnavailableException("The store is closing.", closed);
        }

        return await request.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop.ConfigureAwait(false);
        session.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<WriteRequest>();
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            Commit(group);
            foreach (var request in group)
            {
                request.Complete();
            }
        }
    }

    private void Commit(List<WriteRequest> group)
    {
        var began = false;
        try
        {
            session.Prepare("BEGIN IMMEDIATE").Execute();
            began = true;
            var units = 0;
            while (units < GroupUnitsMax && queue.Reader.TryRead(out var request))
            {
                group.Add(request);
                units += request.Units;
                Run(request);
            }

            session.Prepare("COMMIT").Execute();
        }
#pragma warning disable CA1031 // Whatever it is, the callers of this group get it and the writer goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Undo();
            while (!began && queue.Reader.TryRead(out var waiting))
            {
                group.Add(waiting);
            }

            var error = failure as StoreUnavailableException
                ?? new StoreUnavailableException("The store failed: " + failure.Message, failure);
            foreach (var request in group)
            {
                request.Fail(error);
            }
        }
    }

    private void Run(WriteRequest request)
    {
        if (!request.Isolated)
        {
            request.Run(session);
            return;
        }

        session.Execute("SAVEPOINT request");
        try
        {
            request.Run(session);
        }
#pragma warning disable CA1031 // A mistake in one request is that caller's; the rest of the group goes on.
        catch (Exception failure) when (failure is not StoreUnavailableException && session.InTransaction)
#pragma warning restore CA1031
        {
            session.Execute("ROLLBACK TO request");
            RolledBack?.Invoke();
            request.Fail(failure);
        }

        session.Execute("RELEASE request");
    }

    private void Undo()
    {
        if (session.InTransaction)
        {
            try
            {
                session.Prepare("ROLLBACK").Execute();
            }
            catch (StoreUnavailableException)
            {
                // The transaction is gone with the error that ended it; the next BEGIN tells.
            }
        }

        RolledBack?.Invoke();
    }

    private abstract class WriteRequest(int units, bool isolated)
    {
        internal int Units { get; } = units;

        internal bool Isolated { get; } = isolated;

        internal abstract void Run(SqliteSession session);

        internal abstract void Complete();

        internal abstract void Fail(Exception failure);
    }

    private sealed class WriteRequest<T>(Func<SqliteSession, T> work, int units, bool isolated) : WriteRequest(units, isolated)
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        internal Task<T> Completion => completion.Task;

        internal override void Run(SqliteSession session) => result = work(session);

        internal override void Complete() => completion.TrySetResult(result!);

        internal override void Fail(Exception failure) => completion.TrySetException(failure);
    }
}
