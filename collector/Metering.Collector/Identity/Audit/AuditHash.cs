using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Metering.Collector.Identity.Audit;

/// <summary>
/// The link of the chain: SHA-256 over the hash before and every field of the entry, each with its length in front, so
/// that no two entries give the same bytes.
/// </summary>
internal static class AuditHash
{
    public const int Bytes = SHA256.HashSizeInBytes;

    /// <summary>Before the first entry.</summary>
    public static byte[] Start { get; } = new byte[Bytes];

    public static byte[] Of(ReadOnlySpan<byte> before, long id, long timeMs, params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Number(hash, id);
        Number(hash, timeMs);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Number(hash, bytes.Length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    private static void Number(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
