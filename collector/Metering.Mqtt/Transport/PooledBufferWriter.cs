using System.Buffers;

namespace Metering.Mqtt.Transport;

/// <summary>A growing buffer that holds memory only while something is in it: an idle connection costs nothing.</summary>
internal sealed class PooledBufferWriter : IBufferWriter<byte>
{
    private const int FirstBytes = 512;
    private byte[] _buffer = [];

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Count);

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(Count);
    }

    /// <summary>Empties the buffer and gives its memory back.</summary>
    public void Release()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        Count = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Ensure(int free)
    {
        if (_buffer.Length - Count >= free)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, Math.Max(Count + free, _buffer.Length * 2)));
        _buffer.AsSpan(0, Count).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
