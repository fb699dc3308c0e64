namespace Metering.Mqtt.Server;

/// <summary>Payload bytes of all connections that await the inbox: a slow disk makes the endpoint stop reading.</summary>
internal sealed class InboxBudget(long bytesMax)
{
    private readonly Lock _gate = new();
    private long _bytes;
    private TaskCompletionSource? _room;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>True while there is room. The last message before the bound may overshoot it by one packet per connection.</summary>
    public bool HasRoom => Interlocked.Read(ref _bytes) < bytesMax;

    public void Take(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Give(int bytes)
    {
        long before = Interlocked.Add(ref _bytes, -bytes) + bytes;
        if (before < bytesMax || !HasRoom)
        {
            return;
        }

        lock (_gate)
        {
            _room?.TrySetResult();
            _room = null;
        }
    }

    /// <summary>Completes once there may be room.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            if (HasRoom)
            {
                return Task.CompletedTask;
            }

            _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }
}
