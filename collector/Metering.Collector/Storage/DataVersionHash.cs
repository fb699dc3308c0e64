using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>
/// Computes a <see cref="DataVersion"/>: channels in ordinal order, each as its name and a line feed, then 44 bytes a
/// reading. The form is part of what is printed in notes and never changes.
/// </summary>
internal sealed class DataVersionHash : IDisposable
{
    private const int ReadingBytes = 4 * sizeof(long) + 3 * sizeof(int);
    private const int BufferReadings = 512;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = new byte[BufferReadings * ReadingBytes];
    private int used;
    private long readings;

    public void Dispose() => hash.Dispose();

    internal void Begin(ChannelKey channel)
    {
        Flush();
        hash.AppendData(Encoding.UTF8.GetBytes($"{channel}\n"));
    }

    internal void Add(in Reading reading)
    {
        if (used == buffer.Length)
        {
            Flush();
        }

        Write(reading, buffer.AsSpan(used));
        used += ReadingBytes;
        readings++;
    }

    internal DataVersion Finish()
    {
        Flush();
        return new DataVersion(Convert.ToHexStringLower(hash.GetHashAndReset()), readings);
    }

    private void Flush()
    {
        hash.AppendData(buffer, 0, used);
        used = 0;
    }

    private static void Write(in Reading reading, Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination, reading.Time.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], reading.Value);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], reading.Boot);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], reading.Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(destination[32..], (int)reading.Clock);
        BinaryPrimitives.WriteInt32LittleEndian(destination[36..], (int)reading.Flags);
        BinaryPrimitives.WriteInt32LittleEndian(destination[40..], (int)reading.Missing);
    }
}
