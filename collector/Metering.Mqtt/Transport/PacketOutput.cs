using System.Buffers;
using System.IO.Pipelines;

namespace Metering.Mqtt.Transport;

/// <summary>
/// The sending half of a connection. Any thread appends whole packets under <see cref="Gate"/>; whoever finds no flush
/// under way flushes for all, so that packets that arrive meanwhile leave in one write.
/// </summary>
internal sealed class PacketOutput(PipeWriter pipe)
{
    private PooledBufferWriter _filling = new();
    private PooledBufferWriter _draining = new();
    private bool _flushing;
    private bool _closed;

    /// <summary>Held while encoding into <see cref="Buffer"/>.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Where to encode, under <see cref="Gate"/>.</summary>
    public IBufferWriter<byte> Buffer => _filling;

    /// <summary>Bytes that wait for the peer to read.</summary>
    public int PendingBytes
    {
        get
        {
            lock (Gate)
            {
                return _filling.Count + _draining.Count;
            }
        }
    }

    /// <summary>Sends what was appended; completes when it left, or at once when another flush takes it along.</summary>
    /// <exception cref="IOException">The peer is gone.</exception>
    public ValueTask FlushAsync()
    {
        lock (Gate)
        {
            if (_closed)
            {
                _filling.Release();
                return ValueTask.CompletedTask;
            }

            if (_flushing || _filling.Count == 0)
            {
                return ValueTask.CompletedTask;
            }

            _flushing = true;
        }

        return DrainAsync();
    }

    /// <summary>Nothing leaves after this.</summary>
    public void Close()
    {
        lock (Gate)
        {
            _closed = true;
            if (!_flushing)
            {
                _filling.Release();
            }
        }
    }

    private async ValueTask DrainAsync()
    {
        try
        {
            while (true)
            {
                lock (Gate)
                {
                    _draining.Release();
                    if (_filling.Count == 0 || _closed)
                    {
                        _filling.Release();
                        _flushing = false;
                        return;
                    }

                    (_filling, _draining) = (_draining, _filling);
                }

                FlushResult result = await pipe.WriteAsync(_draining.Written).ConfigureAwait(false);
                if (result.IsCompleted || result.IsCanceled)
                {
                    throw new IOException("the peer closed the connection");
                }
            }
        }
        catch
        {
            lock (Gate)
            {
                _closed = true;
                _flushing = false;
                _draining.Release();
                _filling.Release();
            }

            throw;
        }
    }
}
